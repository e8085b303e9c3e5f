using DLExperiments.Networks.Torch;
using DLExperiments.Training.Optimizers;
using TorchSharp;

namespace DLExperiments.Training.Updates;

/// <summary>One optimizer at work on some of the parameters of a network.</summary>
internal sealed class GroupUpdate : IDisposable
{
    private readonly torch.Tensor? index;
    private readonly (long Offset, long Length) run;
    private readonly bool isWhole;
    private readonly Func<double, double> rate;

    /// <param name="network">The network.</param>
    /// <param name="slices">The parameters, in their order.</param>
    /// <param name="optimizer">The optimizer.</param>
    /// <param name="rate">Gives the group's learning rate for the training's.</param>
    internal GroupUpdate(TorchNetwork network, IReadOnlyList<ParameterSlice> slices, Optimizer optimizer, Func<double, double> rate)
    {
        Optimizer = optimizer;
        this.rate = rate;
        long total = slices.Sum(s => (long)s.Length);
        run = (slices.Count == 0 ? 0 : slices[0].Offset, total);
        isWhole = total == network.FlatParameters.numel();
        using var scope = torch.NewDisposeScope();
        // Parameters that lie side by side are a view; others are gathered and put back.
        if (slices.Count > 0 && slices[^1].Offset + slices[^1].Length - run.Offset != total)
            index = torch.cat([.. slices.Select(s => torch.arange(s.Offset, s.Offset + s.Length, torch.ScalarType.Int64, network.Device))]).DetachFromDisposeScope();
        State = new OptimizerState(isWhole ? network.FlatParameters : Take(network.FlatParameters).clone().DetachFromDisposeScope());
    }

    internal Optimizer Optimizer { get; }

    internal OptimizerState State { get; }

    /// <summary>The group's learning rate for the training's.</summary>
    internal double Rate(double learningRate) => rate(learningRate);

    /// <summary>Makes one step on the group's part of all parameters.</summary>
    /// <param name="w">All parameters.</param>
    /// <param name="g">Their gradients.</param>
    /// <param name="learningRate">The training's learning rate.</param>
    /// <param name="evaluation">The loss and how to compute it again, for an optimizer that does that; it then has all parameters.</param>
    internal void Step(torch.Tensor w, torch.Tensor g, double learningRate, LossEvaluation? evaluation = null)
    {
        if (run.Length == 0) return;
        if (isWhole)
        {
            Optimizer.Step(State, w, g, rate(learningRate), evaluation);
            return;
        }
        using torch.Tensor part = Take(w), gradient = Take(g);
        Optimizer.Step(State, part, gradient, rate(learningRate));
        if (index is not null) w.index_copy_(0, index, part);
    }

    /// <summary>Puts the group's part of other values in the place of its parameters.</summary>
    internal void Copy(torch.Tensor w, torch.Tensor values)
    {
        using torch.Tensor part = Take(values);
        if (index is not null)
        {
            w.index_copy_(0, index, part);
            return;
        }
        using torch.Tensor own = Take(w);
        own.copy_(part);
    }

    /// <summary>Sets a mask to 1 where the group's parameters lie.</summary>
    internal void Mark(torch.Tensor mask)
    {
        using torch.Tensor ones = torch.ones_like(mask);
        Copy(mask, ones);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        index?.Dispose();
        State.Dispose();
    }

    private torch.Tensor Take(torch.Tensor all) => index is null ? all.narrow(0, run.Offset, run.Length) : all.index_select(0, index);
}
