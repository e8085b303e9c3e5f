using DLExperiments.Metrics;

namespace DLExperiments.Evaluation;

/// <summary>Measures metrics on outputs and targets as they come; keeps them only where they are resampled.</summary>
internal sealed class MetricMeter(MetricRequest request, OutputForm form)
{
    private readonly MetricTotals totals = new(request.Metrics, form);
    private readonly List<float> allOutputs = [], allTargets = [];

    internal void Add(float[] outputs, float[] targets, int rows)
    {
        totals.Add(outputs, targets, rows);
        if (request.Resamples == 0) return;
        allOutputs.AddRange(outputs);
        allTargets.AddRange(targets);
    }

    internal MetricResult[] Report(CancellationToken cancellation)
    {
        if (request.Resamples == 0) return [.. totals.Report(request.PerClass)];
        PredictionSet all = form.Read([.. allOutputs], [.. allTargets]);
        return [.. request.Metrics.SelectMany(m => m.MeasureAll(all, request.PerClass, request.Resamples, request.Seed, cancellation))];
    }
}
