using DLExperiments.Models;
using DLExperiments.Native;
using DLExperiments.Networks;
using DLExperiments.Networks.Torch;
using TorchSharp;

namespace DLExperiments.Evaluation;

/// <summary>Runs any model with libtorch.</summary>
internal sealed class TorchModelRunner : ModelRunner
{
    private readonly TorchNetwork network;
    private readonly Shape input;

    internal TorchModelRunner(Model model)
    {
        TorchLibrary.EnsureLoaded();
        input = model.Network.InputShape;
        network = new TorchNetwork(model.Network, model.Weights);
    }

    /// <inheritdoc/>
    internal override float[] Run(float[] features, int rows)
    {
        // Layers keep state between calls, so one network serves one batch at a time.
        lock (network)
        {
            using DisposeScope scope = torch.NewDisposeScope();
            using IDisposable off = torch.no_grad();
            return network.Forward([torch.tensor(features, input.WithBatch(rows))], training: false)[0].contiguous().data<float>().ToArray();
        }
    }

    /// <inheritdoc/>
    public override void Dispose() => network.Dispose();
}
