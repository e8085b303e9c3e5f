using DLExperiments.Models;
using DLExperiments.Training.Fused;

namespace DLExperiments.Evaluation;

/// <summary>Runs a model forward in evaluation mode; kept with the model until its weights change.</summary>
internal abstract class ModelRunner : IDisposable
{
    private const long MostElements = 1 << 23;
    private const int MostRows = 4096;

    /// <summary>The model's runner: without libtorch where the network is a chain of dense layers.</summary>
    internal static ModelRunner Of(Model model) =>
        FusedScope.Refuse(model.Network) is null ? model.Attach(() => new FusedModelRunner(model)) : TorchModelRunner.Of(model);

    /// <summary>How many rows at a time keep the largest layer's output within some 32 MiB.</summary>
    internal static int RowsAtATime(Model model)
    {
        long widest = model.Network.Layers.Select(l => (long)l.OutputShape.ElementCount).Append(model.Network.InputShape.ElementCount).Max();
        return (int)Math.Clamp(MostElements / widest, 1, MostRows);
    }

    /// <summary>Runs rows as the network sees them.</summary>
    /// <param name="features">Rows, row-major.</param>
    /// <param name="rows">How many.</param>
    /// <returns>The first output of each row, row-major.</returns>
    internal abstract float[] Run(float[] features, int rows);

    /// <inheritdoc/>
    public abstract void Dispose();
}
