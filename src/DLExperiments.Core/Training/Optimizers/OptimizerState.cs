using DLExperiments.Errors;
using TorchSharp;

namespace DLExperiments.Training.Optimizers;

/// <summary>What an optimizer remembers between steps: flat tensors by name, how many steps were made, and scalars kept for reuse.</summary>
public sealed class OptimizerState : IDisposable
{
    private readonly torch.Tensor parameters;
    private readonly SortedDictionary<string, torch.Tensor> values = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, double> numbers = new(StringComparer.Ordinal);
    private readonly List<torch.Tensor> scratch = [];
    private readonly List<(double Value, Scalar Scalar)> scalars = [];

    /// <summary>Starts with nothing remembered.</summary>
    /// <param name="parameters">The flat parameters; what is remembered has their size, type and device.</param>
    public OptimizerState(torch.Tensor parameters) => this.parameters = parameters;

    /// <summary>How many steps were made before this one.</summary>
    public long Step { get; internal set; }

    /// <summary>During a step, the loss and how to compute it again, for the optimizers that do that.</summary>
    internal LossEvaluation? Evaluation { get; set; }

    /// <summary>The momentum of the next step in the place of the optimizer's own, when a schedule changes it.</summary>
    public double? Momentum { get; set; }

    /// <summary>A remembered tensor; made at first use.</summary>
    /// <param name="name">Its name, as in snapshots.</param>
    /// <param name="fill">What it starts with.</param>
    public torch.Tensor Get(string name, double fill = 0)
    {
        if (!values.TryGetValue(name, out torch.Tensor? tensor))
            values[name] = tensor = torch.full_like(parameters, fill).DetachFromDisposeScope();
        return tensor;
    }

    /// <summary>Remembers a tensor in the place of what had its name; the state frees it.</summary>
    /// <param name="name">Its name, as in snapshots.</param>
    /// <param name="tensor">A tensor like the parameters.</param>
    public void Set(string name, torch.Tensor tensor)
    {
        if (values.TryGetValue(name, out torch.Tensor? old) && !ReferenceEquals(old, tensor)) old.Dispose();
        values[name] = tensor.DetachFromDisposeScope();
    }

    /// <summary>A remembered number.</summary>
    /// <param name="name">Its name, as in snapshots.</param>
    /// <param name="otherwise">What it starts with.</param>
    public double Recall(string name, double otherwise) => numbers.TryGetValue(name, out double value) ? value : otherwise;

    /// <summary>Remembers a number.</summary>
    /// <param name="name">Its name, as in snapshots.</param>
    /// <param name="value">The number.</param>
    public void Remember(string name, double value) => numbers[name] = value;

    /// <summary>A tensor to compute in, kept from step to step but not remembered.</summary>
    /// <param name="slot">Which one, from 0, without gaps.</param>
    public torch.Tensor Scratch(int slot)
    {
        if (slot == scratch.Count) scratch.Add(torch.empty_like(parameters).DetachFromDisposeScope());
        return scratch[slot];
    }

    /// <summary>A number as libtorch wants it. It is kept while its value stays: making one costs as much as a small operation.</summary>
    /// <param name="slot">Which one, from 0, without gaps.</param>
    /// <param name="value">The number.</param>
    public Scalar Number(int slot, double value)
    {
        if (slot == scalars.Count)
        {
            scalars.Add((value, value.ToScalar()));
        }
        else if (scalars[slot].Value != value)
        {
            scalars[slot].Scalar.Dispose();
            scalars[slot] = (value, value.ToScalar());
        }
        return scalars[slot].Scalar;
    }

    /// <summary>Copies what is remembered to managed memory.</summary>
    /// <param name="optimizer">The optimizer whose state it is.</param>
    public OptimizerSnapshot Export(Optimizer optimizer)
    {
        using var scope = torch.NewDisposeScope();
        return new OptimizerSnapshot(optimizer.Type, Step, values.ToDictionary(v => v.Key, v => v.Value.cpu().data<float>().ToArray()))
        {
            Numbers = new Dictionary<string, double>(numbers),
        };
    }

    /// <summary>Remembers what a snapshot holds.</summary>
    /// <param name="optimizer">The optimizer whose state it becomes.</param>
    /// <param name="snapshot">The snapshot.</param>
    /// <exception cref="ExperimentException">OptimizerStateMismatch: it is another optimizer's, or of a network of another size.</exception>
    public void Import(Optimizer optimizer, OptimizerSnapshot snapshot)
    {
        if (!snapshot.Optimizer.Equals(optimizer.Type, StringComparison.OrdinalIgnoreCase))
            throw new ExperimentException("OptimizerStateMismatch", ErrorKind.InvalidData,
                $"The optimizer's state is that of {snapshot.Optimizer}, but the optimizer is {optimizer.Type}.", snapshot.Optimizer);
        using var scope = torch.NewDisposeScope();
        foreach ((string name, float[] remembered) in snapshot.Values)
        {
            if (remembered.LongLength != parameters.numel())
                throw new ExperimentException("OptimizerStateMismatch", ErrorKind.InvalidData,
                    $"The optimizer's state '{name}' has {remembered.LongLength} numbers, but the network has {parameters.numel()}.", name);
            Get(name).copy_(torch.tensor(remembered));
        }
        foreach ((string name, double number) in snapshot.Numbers) numbers[name] = number;
        Step = snapshot.Step;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (torch.Tensor tensor in values.Values.Concat(scratch)) tensor.Dispose();
        foreach ((_, Scalar scalar) in scalars) scalar.Dispose();
        values.Clear();
        scratch.Clear();
        scalars.Clear();
    }
}
