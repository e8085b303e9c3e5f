using System.ComponentModel.DataAnnotations;
using DLExperiments.Catalogues;

namespace DLExperiments.Training.Control;

/// <summary>Ends a training when a metric has stopped improving, and keeps the weights of its best epoch.</summary>
[Catalogue("stopping")]
[CatalogueEntry("EarlyStopping")]
public sealed class EarlyStopping
{
    /// <summary>The metric, a column of the history; null for the validation loss, or the training loss without validation data.</summary>
    public string? Metric { get; init; }

    /// <summary>Whether less or more is better; Auto: more for accuracies, else less.</summary>
    public MetricMode Mode { get; init; }

    /// <summary>After how many epochs in a row without improvement the training ends.</summary>
    [Range(1, int.MaxValue)]
    public int Patience { get; init; } = 5;

    /// <summary>By how much a value must beat the best to be an improvement.</summary>
    [Range(0.0, double.MaxValue)]
    public double MinDelta { get; init; }

    /// <summary>Whether the result has the weights of the best epoch (else those of the last), however the training ends.</summary>
    public bool RestoreBest { get; init; } = true;

    /// <summary>Makes the settings from a number (the patience), a hashtable of settings, or settings.</summary>
    /// <param name="value">For example <c>4</c> or <c>@{ Metric = 'ValidationAccuracy'; Patience = 4 }</c>.</param>
    /// <exception cref="Errors.ExperimentException">An unknown setting or a bad value.</exception>
    public static EarlyStopping From(object value) => value switch
    {
        EarlyStopping made => made,
        System.Collections.IDictionary table => Catalogue<EarlyStopping>.Default.Create("EarlyStopping", table),
        _ => Catalogue<EarlyStopping>.Default.Create("EarlyStopping", new System.Collections.Hashtable { [nameof(Patience)] = value }),
    };
}
