using DLExperiments.Training;
using DLExperiments.Training.Control;

namespace DLExperiments.Sweeps;

/// <summary>A number that a sweep looks for the least or the greatest of.</summary>
public sealed record SweepObjective
{
    /// <summary>What counts where nothing else is said.</summary>
    public const string UsualMetric = "BestValidationLoss";

    private static readonly string[] LowerIsBetter = ["Loss", "Error", "MSE", "MAE", "RMSE", "MAPE", "Duration", "Seconds", "Time", "Size", "Count", "Cost", "Perplexity"];

    /// <summary>Makes an objective.</summary>
    /// <param name="metric">A property of the trials' output.</param>
    /// <param name="goal">Whether less or more is better; Auto goes by the name.</param>
    public SweepObjective(string metric, SweepGoal goal)
    {
        Metric = metric;
        Goal = goal != SweepGoal.Auto ? goal
            : LowerIsBetter.Any(w => metric.Contains(w, StringComparison.OrdinalIgnoreCase)) ? SweepGoal.Minimize : SweepGoal.Maximize;
    }

    /// <summary>A property of the trials' output.</summary>
    public string Metric { get; }

    /// <summary>Minimize or Maximize.</summary>
    public SweepGoal Goal { get; }

    /// <summary>A value turned so that lower is better.</summary>
    /// <param name="value">The value.</param>
    public double CostOf(double value) => Goal == SweepGoal.Maximize ? -value : value;

    /// <summary>
    /// What pruners look at after an epoch, lower is better: the metric itself where an epoch has it (BestValidationLoss and FinalValidationLoss mean ValidationLoss),
    /// else the validation loss, and without validation data the training loss.
    /// </summary>
    /// <param name="epoch">The epoch.</param>
    internal double CostOf(EpochResult epoch)
    {
        string name = Metric.StartsWith("Best", StringComparison.OrdinalIgnoreCase) ? Metric[4..] : Metric.StartsWith("Final", StringComparison.OrdinalIgnoreCase) ? Metric[5..] : Metric;
        bool known = EpochMetric.Names.Contains(name, StringComparer.OrdinalIgnoreCase) && !(name.StartsWith("Validation", StringComparison.OrdinalIgnoreCase) && epoch.ValidationLoss is null);
        if (!known) return epoch.ValidationLoss ?? epoch.TrainingLoss;
        return CostOf(EpochMetric.Find(name).Require(epoch));
    }
}
