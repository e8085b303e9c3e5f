using DLExperiments.Training.Optimizers;
using TorchSharp;

namespace DLExperiments.Training.Stacking.Optimizers;

/// <summary>The optimizers of all networks of a stack: the same steps as alone, each network with its own numbers.</summary>
/// <param name="runs">The networks; the list changes when one leaves.</param>
/// <param name="parameters">Their parameters.</param>
internal abstract class StackedOptimizer(IReadOnlyList<StackedRun> runs, StackedParameters parameters) : IDisposable
{
    private readonly SortedDictionary<string, torch.Tensor> remembered = new(StringComparer.Ordinal);
    private readonly List<StackedNumber> numbers = [];
    private readonly List<torch.Tensor> scratch = [];

    /// <summary>How many steps were made.</summary>
    private protected long Steps { get; private set; }

    /// <summary>Makes a step of all networks with the gradients that they have.</summary>
    internal void Step()
    {
        Update(parameters.Values, parameters.Gradients);
        Steps++;
    }

    /// <summary>Drops what is remembered of other networks than those that stay.</summary>
    /// <param name="places">Where in the flat tensors the numbers of those that stay are.</param>
    internal void Keep(torch.Tensor places)
    {
        foreach (string name in remembered.Keys.ToArray())
        {
            using torch.Tensor old = remembered[name];
            remembered[name] = old.index_select(0, places).DetachFromDisposeScope();
        }
        foreach (StackedNumber number in numbers) number.Forget();
        foreach (torch.Tensor tensor in scratch) tensor.Dispose();
        scratch.Clear();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (torch.Tensor tensor in remembered.Values.Concat(scratch)) tensor.Dispose();
        foreach (StackedNumber number in numbers) number.Dispose();
        remembered.Clear();
        scratch.Clear();
        numbers.Clear();
    }

    /// <summary>Makes a step.</summary>
    /// <param name="w">Parameters, changed in place.</param>
    /// <param name="g">Gradients, may be changed.</param>
    private protected abstract void Update(torch.Tensor w, torch.Tensor g);

    /// <summary>A remembered tensor like the parameters, 0 at first.</summary>
    private protected torch.Tensor Get(string name)
    {
        if (!remembered.TryGetValue(name, out torch.Tensor? tensor)) remembered[name] = tensor = torch.zeros_like(parameters.Values).DetachFromDisposeScope();
        return tensor;
    }

    /// <summary>A tensor like the parameters to compute in, kept from step to step: asking the system for memory takes longer than a small step.</summary>
    /// <param name="slot">Which one, from 0, without gaps.</param>
    private protected torch.Tensor Scratch(int slot)
    {
        if (slot == scratch.Count) scratch.Add(torch.empty_like(parameters.Values).DetachFromDisposeScope());
        return scratch[slot];
    }

    /// <summary>A number of each network's optimizer and learning rate, kept while it stays the same.</summary>
    /// <param name="slot">Which one, from 0, without gaps.</param>
    /// <param name="read">Reads it.</param>
    private protected StackedNumber Number(int slot, Func<Optimizer, double, double> read)
    {
        if (slot == numbers.Count) numbers.Add(new StackedNumber());
        return numbers[slot].Set([.. runs.Select(r => read(r.Settings.Optimizer, r.LearningRate))], parameters.Owners);
    }

    /// <summary>Adds the gradient of the L2 penalty; uses slot 0.</summary>
    private protected void AddDecay(torch.Tensor w, torch.Tensor g)
    {
        StackedNumber decay = Number(0, (o, _) => o.WeightDecay);
        if (!decay.IsZero) decay.AddTo(g, w);
    }
}
