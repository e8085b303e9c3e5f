using DLExperiments.Networks;
using DLExperiments.Networks.Torch;
using DLExperiments.Training.Stacking.Layers;
using TorchSharp;

namespace DLExperiments.Training.Stacking;

/// <summary>K networks of the same shapes as one: batched products, and convolutions whose groups are the networks.</summary>
internal sealed class StackedNetwork : IDisposable
{
    private readonly StackedLayerKind[] kinds;
    private readonly StackedContext[] contexts;
    private readonly NetworkPlan plan;
    private readonly IReadOnlyList<StackedRun> runs;

    /// <param name="runs">The networks; the list changes when one leaves.</param>
    /// <param name="device">Where it computes.</param>
    internal StackedNetwork(IReadOnlyList<StackedRun> runs, torch.Device device)
    {
        this.runs = runs;
        NetworkDefinition network = runs[0].Settings.Network;
        Parameters = new StackedParameters(runs, device);
        plan = new NetworkPlan(network);
        kinds = [.. network.Layers.Select(l => StackedLayerKinds.Find(l.Layer.GetType())!)];
        contexts = [.. network.Layers.Select((_, i) => new StackedContext(i, runs, Parameters))];
        Input = network.InputShape;
    }

    /// <summary>The parameters of all networks.</summary>
    internal StackedParameters Parameters { get; }

    /// <summary>The shape of a sample.</summary>
    internal Shape Input { get; }

    /// <summary>Whether a batch has the samples of the networks one behind the other, [K,B,n]; else they are side by side, [B,K·C,...].</summary>
    internal bool TakesRows => Input.Count == 1;

    /// <summary>Computes a batch of all networks.</summary>
    /// <param name="samples">Rows of samples in the order of <see cref="TakesRows"/>, [K·B,...] or [B·K,...].</param>
    /// <returns>Outputs [K,B,n].</returns>
    internal torch.Tensor Train(torch.Tensor samples)
    {
        long rows = samples.shape[0] / runs.Count;
        return Forward(TakesRows ? samples.view(runs.Count, rows, -1) : samples.view([rows, (long)runs.Count * Input[0], .. Sides()]), training: true);
    }

    /// <summary>Computes the same batch with all networks, in evaluation mode.</summary>
    /// <param name="samples">The batch, [B,...].</param>
    /// <returns>Outputs [K,B,n].</returns>
    internal torch.Tensor Evaluate(torch.Tensor samples)
    {
        long rows = samples.shape[0];
        if (TakesRows) return Forward(samples.view(1, rows, -1).expand(runs.Count, rows, Input[0]), training: false);
        return Forward(samples.view([rows, Input[0], .. Sides()]).repeat([1, runs.Count, .. Enumerable.Repeat(1L, Input.Count - 1)]), training: false);
    }

    /// <inheritdoc/>
    public void Dispose() => Parameters.Dispose();

    private IEnumerable<long> Sides() => Input.Sizes.Skip(1).Select(s => (long)s);

    private torch.Tensor Forward(torch.Tensor x, bool training)
    {
        for (int i = 0; i < kinds.Length; i++)
        {
            contexts[i].IsTraining = training;
            // Where pooling follows a ReLU, it does the ReLU's work on the way, as alone.
            if (plan.PoolAfter[i] >= 0 && MaxPool2x2.Takes(x)) continue;
            x = plan.ReLUBefore[i] >= 0 && MaxPool2x2.Takes(x) ? MaxPool2x2.Pool(x, rectify: true) : kinds[i].Forward(contexts[i], x);
        }
        return x;
    }
}
