using System.ComponentModel.DataAnnotations;
using DLExperiments.Catalogues;

namespace DLExperiments.Metrics;

/// <summary>Expected calibration error: how far confidence and accuracy are apart in bins of equal width, weighted by their rows (Guo et al. 2017).</summary>
[CatalogueEntry("CalibrationError", "ECE")]
public sealed class CalibrationErrorMetric : Metric
{
    /// <summary>How many bins, at least 1.</summary>
    [Range(1, 10000)]
    public int Bins { get; set; } = 15;

    /// <inheritdoc/>
    public override MetricInput Input => MetricInput.Probabilities;

    /// <inheritdoc/>
    public override bool HigherIsBetter => false;

    internal override MetricTally Start() => new CalibrationTally(Bins);
}
