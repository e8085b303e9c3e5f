using System.ComponentModel.DataAnnotations;
using DLExperiments.Catalogues;
using DLExperiments.Networks.Initialisers;
using DLExperiments.Networks.Torch;
using DLExperiments.Randomness;
using TorchSharp;

namespace DLExperiments.Networks;

/// <summary>
/// What recurrent layers share: a sequence [T,F] is read step by step, in one direction or both, by one layer of cells or several on top of each
/// other. Parameters have PyTorch's names and order: <c>weight_ih_l0</c>, <c>weight_hh_l0</c>, <c>bias_ih_l0</c>, <c>bias_hh_l0</c>, <c>..._reverse</c>.
/// </summary>
public abstract class RecurrentLayer : SingleInputLayer
{
    /// <inheritdoc/>
    public override LayerPrecision Precision => LayerPrecision.Reduced;

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
        torch.Tensor sequence = input;
        // One call for each layer: libtorch's dropout between layers would draw from its one global stream.
        for (int layer = 0; ; layer++)
        {
            torch.Tensor[] parameters = [.. Enumerable.Range(0, Directions).SelectMany(direction => ParametersOf(context, Suffix(layer, direction)))];
            (torch.Tensor all, torch.Tensor last) = RecurrentKernels.Run(Function, sequence, parameters, HiddenSize, Bias, Bidirectional, context.IsTraining);
            if (layer < NumLayers - 1) sequence = TensorDropout.Apply(all, Dropout, random);
            else return Steps == RecurrentSteps.All ? all : Bidirectional ? torch.cat([last[0], last[1]], -1) : last[0];
        }
    }

    /// <summary>The name of libtorch's function.</summary>
    protected abstract string Function { get; }

    private static IEnumerable<torch.Tensor> ParametersOf(LayerContext context, string end)
    {
        yield return context[$"weight_ih{end}"];
        yield return context[$"weight_hh{end}"];
        if (context.Find($"bias_ih{end}") is not { } bias) yield break;
        yield return bias;
        yield return context[$"bias_hh{end}"];
    }

    private static string Suffix(int layer, int direction) => $"_l{layer}{(direction == 1 ? "_reverse" : "")}";
}
