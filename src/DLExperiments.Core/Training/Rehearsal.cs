using System.Globalization;
using DLExperiments.Catalogues;
using DLExperiments.Data;
using DLExperiments.Data.Splitting;
using DLExperiments.Data.Tables;
using DLExperiments.Losses;
using DLExperiments.Networks;
using DLExperiments.Networks.Layers;
using DLExperiments.Training.Engines;
using DLExperiments.Training.Optimizers;

namespace DLExperiments.Training;

/// <summary>
/// A training of a few rows whose result nobody sees: run on another thread while a script begins, it has the types loaded and the kernels
/// compiled when the script's own training comes. Only the engine of small networks takes part, so libtorch is not loaded.
/// </summary>
public static class Rehearsal
{
    private const int Rows = 24, Columns = 4, Classes = 3;

    /// <summary>Trains for two epochs.</summary>
    /// <param name="words">Words that may name the optimizer, the loss and the activation of the training to come; others have no effect.</param>
    public static void Run(IReadOnlyCollection<string> words)
    {
        ArgumentNullException.ThrowIfNull(words);
        var table = new TableBuilder("Rehearsal", [.. Enumerable.Range(0, Columns).Select(c => $"x{c}"), "y"], new TableOptions { Target = ["y"] });
        for (int row = 0; row < Rows; row++)
            table.Add([.. Enumerable.Range(0, Columns).Select(c => (object)(((row * (c + 3)) % 7) + 0.5).ToString(CultureInfo.InvariantCulture)), $"c{row % Classes}"], row + 1);
        Dataset data = new HoldOut { Ratio = [0.5, 0.5], Stratify = true }.Split(table.Build());
        NetworkDefinition network = NetworkDefinition.Create(new Shape(Columns))
            .Add(new LinearLayer { OutFeatures = 16 }).Add(Named<Layer>(words, e => typeof(ActivationLayer).IsAssignableFrom(e.Type)) ?? new ReLULayer())
            .Add(new LinearLayer { OutFeatures = Classes });
        Trainer.Train(TrainingRequest.New(network, data), new TrainingOptions
        {
            Loss = Named<Loss>(words, _ => true),
            Optimizer = Named<Optimizer>(words, _ => true) ?? new AdamOptimizer(),
            Epochs = 2,
            BatchSize = 8,
            Engine = EngineChoice.Fused,
            Threads = 1,
        });
    }

    private static T? Named<T>(IReadOnlyCollection<string> words, Func<CatalogueEntry, bool> choose)
        where T : class =>
        Catalogue<T>.Default.Entries.FirstOrDefault(e => choose(e) && e.Parameters.All(p => !p.IsMandatory) && words.Contains(e.Name, StringComparer.OrdinalIgnoreCase)) is { } entry
            ? Catalogue<T>.Default.Create(entry.Name) : null;
}
