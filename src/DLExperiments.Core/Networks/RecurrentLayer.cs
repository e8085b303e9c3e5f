using System.ComponentModel.DataAnnotations;
using DLExperiments.Catalogues;
using DLExperiments.Networks.Initialisers;
using DLExperiments.Randomness;
using TorchSharp;

namespace DLExperiments.Networks;

/// <summary>
/// What recurrent layers share: a sequence [T,F] is read step by step, in one direction or both, by one layer of cells or several on top of each
/// other. Parameters have PyTorch's names and order: <c>weight_ih_l0</c>, <c>weight_hh_l0</c>, <c>bias_ih_l0</c>, <c>bias_hh_l0</c>, <c>..._reverse</c>.
/// </summary>
public abstract class RecurrentLayer : SingleInputLayer
{
    /// <summary>How many units the state has.</summary>
    [Position(0)]
    [Range(1, int.MaxValue)]
    public required int HiddenSize { get; init; }

    /// <summary>How many layers lie on top of each other.</summary>
    [Range(1, int.MaxValue)]
    public int NumLayers { get; init; } = 1;

    /// <summary>What comes out: the state after the last step [HiddenSize], or that of all steps [T,HiddenSize].</summary>
    public RecurrentSteps Steps { get; init; }

    /// <summary>Whether the sequence is also read backwards; both states then come out side by side, [2·HiddenSize].</summary>
    public bool Bidirectional { get; init; }

    /// <summary>The probability of dropout between the layers, while training.</summary>
    [Range(0.0, 1.0)]
    public double Dropout { get; init; }

    /// <summary>Whether biases are added.</summary>
    public bool Bias { get; init; } = true;

    /// <summary>How many vectors of HiddenSize a cell computes in each step.</summary>
    protected abstract int Gates { get; }

    private int Directions => Bidirectional ? 2 : 1;

    /// <inheritdoc/>
    protected sealed override Shape InferShape(Shape input)
    {
        if (input.Count != 2) throw new ShapeException($"wants a sequence [steps,features], got {input}.");
        return Steps == RecurrentSteps.All ? new Shape(input[0], Directions * HiddenSize) : new Shape(Directions * HiddenSize);
    }

    /// <inheritdoc/>
    protected sealed override IReadOnlyList<ParameterSpec> GetParameters(Shape input)
    {
        var all = new List<ParameterSpec>();
        // PyTorch: all of them uniform on ±1/√HiddenSize.
        var standard = new UniformFanInInitialiser();
        for (int layer = 0; layer < NumLayers; layer++)
        {
            int features = layer == 0 ? input[1] : Directions * HiddenSize, rows = Gates * HiddenSize;
            for (int direction = 0; direction < Directions; direction++)
            {
                string end = Suffix(layer, direction);
                all.Add(new($"weight_ih{end}", new Shape(rows, features), standard, HiddenSize, HiddenSize));
                all.Add(new($"weight_hh{end}", new Shape(rows, HiddenSize), standard, HiddenSize, HiddenSize));
                if (Bias) all.AddRange([new($"bias_ih{end}", new Shape(rows), standard, HiddenSize), new($"bias_hh{end}", new Shape(rows), standard, HiddenSize)]);
            }
        }
        return all;
    }

    /// <inheritdoc/>
    protected sealed override long CountMultiplyAdds(Shape input, Shape output)
    {
        long first = (long)Gates * HiddenSize * (input[1] + HiddenSize), next = (long)Gates * HiddenSize * ((Directions * HiddenSize) + HiddenSize);
        return input[0] * Directions * (first + ((NumLayers - 1) * next));
    }

    /// <inheritdoc/>
    protected sealed override torch.Tensor Forward(LayerContext context, torch.Tensor input)
    {
        RandomStream? random = context.IsTraining && Dropout > 0 ? context.OpenRandom() : null;
        torch.Tensor sequence = input.transpose(0, 1);
        for (int layer = 0; ; layer++)
        {
            bool last = layer == NumLayers - 1, all = !last || Steps == RecurrentSteps.All;
            torch.Tensor[] results = [.. Enumerable.Range(0, Directions).Select(d => Run(context, sequence, Suffix(layer, d), backwards: d == 1, all))];
            torch.Tensor joined = results.Length == 1 ? results[0] : torch.cat(results, -1);
            if (last) return all ? joined.transpose(0, 1) : joined;
            sequence = TensorDropout.Apply(joined, Dropout, random);
        }
    }

    /// <summary>One step of the cells.</summary>
    /// <param name="projected">What the input of the step contributes, biases included where <see cref="JoinsBiases"/>: [batch, Gates·HiddenSize].</param>
    /// <param name="state">The state before the step; the first tensor is what comes out, [batch, HiddenSize].</param>
    /// <param name="weight">The weight of the state, transposed: [HiddenSize, Gates·HiddenSize].</param>
    /// <param name="bias">The bias of the state, or null when there is none or it is in <paramref name="projected"/> already.</param>
    protected abstract torch.Tensor[] Step(torch.Tensor projected, torch.Tensor[] state, torch.Tensor weight, torch.Tensor? bias);

    /// <summary>How many tensors the state has.</summary>
    protected virtual int StateCount => 1;

    /// <summary>Whether the two biases only ever occur as a sum.</summary>
    protected virtual bool JoinsBiases => true;

    private torch.Tensor Run(LayerContext context, torch.Tensor sequence, string end, bool backwards, bool all)
    {
        torch.Tensor? inner = context.Find($"bias_ih{end}"), outer = context.Find($"bias_hh{end}");
        if (JoinsBiases && outer is not null) (inner, outer) = (inner! + outer, null);
        // The input's share of all steps is one product; only the state's share has to wait for the step before.
        torch.Tensor[] projected = torch.nn.functional.linear(sequence, context[$"weight_ih{end}"], inner).unbind(0);
        torch.Tensor weight = context[$"weight_hh{end}"].t();
        torch.Tensor zero = torch.zeros([sequence.shape[1], HiddenSize], sequence.dtype, sequence.device);
        torch.Tensor[] state = [.. Enumerable.Repeat(zero, StateCount)], outputs = new torch.Tensor[projected.Length];
        for (int i = 0; i < projected.Length; i++)
        {
            int step = backwards ? projected.Length - 1 - i : i;
            state = Step(projected[step], state, weight, outer);
            outputs[step] = state[0];
        }
        return all ? torch.stack(outputs, 0) : state[0];
    }

    private static string Suffix(int layer, int direction) => $"_l{layer}{(direction == 1 ? "_reverse" : "")}";
}
