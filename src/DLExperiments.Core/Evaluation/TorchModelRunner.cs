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

    private TorchModelRunner(Model model)
    {
        TorchLibrary.EnsureLoaded();
        input = model.Network.InputShape;
        network = new TorchNetwork(model.Network, model.Weights);
    }

    /// <summary>The model's runner with libtorch, which alone gives what layers in between compute.</summary>
    internal static new TorchModelRunner Of(Model model) => model.Attach(() => new TorchModelRunner(model));

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

    /// <summary>Runs rows and gives, row-major, the first output and then what each of some layers gives.</summary>
    /// <param name="features">Rows, row-major.</param>
    /// <param name="rows">How many.</param>
    /// <param name="layers">Names of layers.</param>
    internal float[][] Run(float[] features, int rows, IReadOnlyList<string> layers)
    {
        lock (network)
        {
            using DisposeScope scope = torch.NewDisposeScope();
            using IDisposable off = torch.no_grad();
            string[] wanted = [network.Definition.Outputs[0], .. layers];
            return [.. network.Forward([torch.tensor(features, input.WithBatch(rows))], training: false, outputs: wanted)
                .Select(t => t.to(torch.ScalarType.Float32).cpu().contiguous().data<float>().ToArray())];
        }
    }

    /// <inheritdoc/>
    public override void Dispose() => network.Dispose();
}
