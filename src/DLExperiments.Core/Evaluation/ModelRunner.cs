using DLExperiments.Models;
using DLExperiments.Native;
using DLExperiments.Networks;
using DLExperiments.Networks.Torch;
using TorchSharp;

namespace DLExperiments.Evaluation;

/// <summary>Runs a model forward in evaluation mode; kept with the model until its weights change.</summary>
internal sealed class ModelRunner : IDisposable
{
    private const long MostElements = 1 << 23;
    private const int MostRows = 4096;

    private readonly TorchNetwork network;
    private readonly Shape input;

    private ModelRunner(Model model)
    {
        TorchLibrary.EnsureLoaded();
        input = model.Network.InputShape;
        network = new TorchNetwork(model.Network, model.Weights);
    }

    /// <summary>The model's runner.</summary>
    internal static ModelRunner Of(Model model) => model.Attach(() => new ModelRunner(model));

    /// <summary>How many rows at a time keep the largest layer's output within some 32 MiB.</summary>
    internal static int RowsAtATime(Model model)
    {
        long widest = model.Network.Layers.Select(l => (long)l.OutputShape.ElementCount).Append(model.Network.InputShape.ElementCount).Max();
        return (int)Math.Clamp(MostElements / widest, 1, MostRows);
    }

    /// <summary>Runs rows as the network sees them.</summary>
    /// <param name="features">Rows, row-major.</param>
    /// <param name="rows">How many.</param>
    /// <param name="use">Takes the first output, batch dimension first; it is gone afterwards.</param>
    internal T Run<T>(float[] features, int rows, Func<torch.Tensor, T> use)
    {
        // Layers keep state between calls, so one network serves one batch at a time.
        lock (network)
        {
            using DisposeScope scope = torch.NewDisposeScope();
            using IDisposable off = torch.no_grad();
            return use(network.Forward([torch.tensor(features, input.WithBatch(rows))], training: false)[0].contiguous());
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
    public void Dispose() => network.Dispose();
}
