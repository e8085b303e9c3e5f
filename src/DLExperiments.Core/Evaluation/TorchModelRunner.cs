using DLExperiments.Models;
using DLExperiments.Native;
using DLExperiments.Networks.Torch;
using TorchSharp;

namespace DLExperiments.Evaluation;

/// <summary>Runs any model with libtorch.</summary>
internal sealed class TorchModelRunner : ModelRunner
{
    private readonly TorchNetwork network;

    internal TorchModelRunner(Model model)
    {
        TorchLibrary.EnsureLoaded();
        network = new TorchNetwork(model.Network, model.Weights);
    }

    /// <inheritdoc/>
    internal override float[][] Run(float[][] inputs, int rows, IReadOnlyList<string> outputs)
    {
        // Layers keep state between calls, so one network serves one batch at a time.
        lock (network)
        {
            using DisposeScope scope = torch.NewDisposeScope();
            using IDisposable off = torch.no_grad();
            torch.Tensor[] given = [.. network.Definition.Inputs.Zip(inputs, (input, values) => torch.tensor(values, input.Shape.WithBatch(rows)))];
            return [.. network.Forward(given, training: false, outputs: outputs)
                .Select(t => t.to(torch.ScalarType.Float32).cpu().contiguous().data<float>().ToArray())];
        }
    }

    /// <inheritdoc/>
    public override void Dispose() => network.Dispose();
}
