using DLExperiments.Networks.Torch;
using DLExperiments.Training.Optimizers;
using TorchSharp;

namespace DLExperiments.Training.Engines;

/// <summary>A network with its own optimizer. Supervised training has one; adversarial training has several that take turns.</summary>
public sealed class TorchPlayer : IDisposable
{
    internal TorchPlayer(TorchNetwork network, Optimizer optimizer)
    {
        Network = network;
        Optimizer = optimizer;
        State = new OptimizerState(network.FlatParameters);
    }

    /// <summary>The network.</summary>
    public TorchNetwork Network { get; }

    /// <summary>Its optimizer.</summary>
    public Optimizer Optimizer { get; }

    /// <summary>What the optimizer remembers.</summary>
    public OptimizerState State { get; }

    /// <summary>Makes one step down a loss.</summary>
    /// <param name="loss">A scalar that depends on the network's parameters.</param>
    /// <param name="learningRate">The learning rate.</param>
    public void Update(torch.Tensor loss, double learningRate)
    {
        Network.ZeroGradients();
        loss.backward();
        Optimizer.Step(State, Network.FlatParameters, Network.FlatGradients, learningRate);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        State.Dispose();
        Network.Dispose();
    }
}
