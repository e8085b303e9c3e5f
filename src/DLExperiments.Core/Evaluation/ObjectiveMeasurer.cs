using DLExperiments.Data;
using DLExperiments.Errors;
using DLExperiments.Models;
using DLExperiments.Training;
using DLExperiments.Training.Engines;
using DLExperiments.Training.Objectives;
using DLExperiments.Training.Optimizers;

namespace DLExperiments.Evaluation;

/// <summary>Measures a model as its objective does after every epoch of training, with the engine that trains.</summary>
internal static class ObjectiveMeasurer
{
    internal static ObjectiveMeasure Measure(Model model, Dataset data, Objective settings, Losses.Loss? loss, MetricRequest? request)
    {
        Objective objective = settings.Fit(new ObjectiveRequest { Network = model.Network, Train = data, Start = model, Loss = loss });
        PreparedPiece piece = PreparedPiece.Create(data, model.Preprocessing, model.Network, objective.Inputs(model.Network), objective.Targets);
        using var engine = new TorchStepEngine(new EngineSettings(model.Network, model.Weights, objective, new SgdOptimizer(), piece, 1, 0, "cpu", null));
        EpochMetrics? metrics = request is null ? null
            : EpochMetrics.Start(objective.Measured(piece, model.Preprocessing), request.Metrics, new Dictionary<string, IReadOnlyList<Metrics.Metric>>());
        if (request?.Resamples > 0)
            throw new ExperimentException("MetricMismatch", ErrorKind.InvalidArgument, $"There are no confidence intervals for what the objective {objective.Type} measures; leave Bootstrap out.", objective.Type);
        var totals = new MeasureTotals(engine.Measures) { Metrics = metrics };
        engine.Evaluate(piece, totals);
        return new ObjectiveMeasure
        {
            Dataset = data.Name,
            Count = data.Count,
            Objective = objective.Type,
            LossType = objective.LossName,
            Loss = totals.Mean("Loss")!.Value,
            Accuracy = totals.Mean("Accuracy"),
            Metrics = metrics?.Report(request!.PerClass) ?? [],
            Measures = MeasureColumns.Own(objective.Measures).Where(m => totals.Mean(m) is not null).ToDictionary(m => m, m => totals.Mean(m)!.Value, StringComparer.OrdinalIgnoreCase),
        };
    }
}
