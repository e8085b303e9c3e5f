using DLExperiments.Networks.Torch;
using DLExperiments.Training.Optimizers;
using DLExperiments.Training.Updates;
using TorchSharp;

namespace DLExperiments.Training.Engines;

/// <summary>A network with its own optimizer. Supervised training has one; adversarial training has several that take turns.</summary>
public sealed class TorchPlayer : IDisposable
{
    internal TorchPlayer(TorchNetwork network, Optimizer optimizer, UpdateRules rules)
    {
        Network = network;
        Optimizer = optimizer;
        State = new OptimizerState(network.FlatParameters);
        Rules = new UpdateRunner(rules, network, State);
    }

    /// <summary>The network.</summary>
    public TorchNetwork Network { get; }

    /// <summary>Its optimizer.</summary>
    public Optimizer Optimizer { get; }

    /// <summary>What the optimizer remembers.</summary>
    public OptimizerState State { get; }

    /// <summary>What happens beside the optimizer's step.</summary>
    internal UpdateRunner Rules { get; }

    /// <summary>Adds the gradients of a part of the batch and, after the last part, makes one step; an optimizer that computes losses again makes it when all parts are through.</summary>
    /// <param name="loss">A scalar that depends on the network's parameters.</param>
    /// <param name="learningRate">The learning rate.</param>
    /// <param name="part">Which part of the batch it is.</param>
    internal void Update(torch.Tensor loss, double learningRate, BatchPart part)
    {
        if (part.IsFirst) Network.ZeroGradients();
        (part.Share == 1 ? loss : loss * part.Share).backward();
        if (part.IsLast && !Optimizer.Reevaluates) Rules.Update(Optimizer, learningRate);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Rules.Dispose();
        State.Dispose();
        Network.Dispose();
    }
}
