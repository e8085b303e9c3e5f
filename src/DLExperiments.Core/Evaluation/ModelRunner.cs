using DLExperiments.Models;
using DLExperiments.Training.Fused;

namespace DLExperiments.Evaluation;

/// <summary>Runs a model forward in evaluation mode; kept with the model until its weights change.</summary>
internal abstract class ModelRunner : IDisposable
{
    private const long MostElements = 1 << 23;
    private const int MostRows = 4096;

    /// <summary>The model's runner: without libtorch where the network is a chain of dense layers and its output alone is wanted.</summary>
    /// <param name="model">The model.</param>
    /// <param name="outputs">Names of the layers wanted.</param>
    internal static ModelRunner Of(Model model, IReadOnlyList<string> outputs) =>
        FusedScope.Refuse(model.Network) is null && outputs is [var only] && only == model.Network.Outputs[0]
            ? model.Attach(() => new FusedModelRunner(model)) : model.Attach(() => new TorchModelRunner(model));

    /// <summary>How many rows at a time keep the largest layer's output within some 32 MiB.</summary>
    internal static int RowsAtATime(Model model)
    {
        long widest = model.Network.Layers.Select(l => (long)l.OutputShape.ElementCount).Append(model.Network.InputShape.ElementCount).Max();
        return (int)Math.Clamp(MostElements / widest, 1, MostRows);
    }

    /// <summary>Runs rows as the network sees them.</summary>
    /// <param name="inputs">Rows of each input, row-major.</param>
    /// <param name="rows">How many.</param>
    /// <param name="outputs">Names of the layers wanted.</param>
    /// <returns>What each gives, row-major.</returns>
    internal abstract float[][] Run(float[][] inputs, int rows, IReadOnlyList<string> outputs);

    /// <inheritdoc/>
    public abstract void Dispose();
}
