using DLExperiments.Data;
using DLExperiments.Errors;
using DLExperiments.Losses;
using DLExperiments.Networks;

namespace DLExperiments.Training;

/// <summary>Which targets an objective needs, and in which form.</summary>
/// <param name="Name">What it is for, in messages and for look-up: an output, or the target itself.</param>
/// <param name="Column">The name of the target column; null for all targets together.</param>
/// <param name="Loss">The loss that says in which form it wants them; null for the values as they are stored.</param>
/// <param name="Output">The shape that the loss compares them with, without the batch dimension; null without a loss.</param>
/// <param name="ClassNames">The classes of the training data, to which others are matched by name; null to leave them as they are.</param>
public sealed record TargetPlan(string Name, string? Column, Loss? Loss, Shape? Output, IReadOnlyList<string>? ClassNames)
{
    /// <summary>The rows of a data set with this plan's targets only.</summary>
    /// <param name="data">The data set.</param>
    /// <exception cref="ExperimentException">MissingTarget: it has no such target.</exception>
    internal Dataset Select(Dataset data)
    {
        if (Column is null) return data;
        DataColumn column = TargetColumns.Find(data, Column) ?? throw new ExperimentException("MissingTarget", ErrorKind.InvalidArgument,
            $"The data set '{data.Name}' has no target '{Column}', which '{Name}' is trained on. {NearNames.Suggest(Column, [.. TargetColumns.Single(data).Select(t => t.Name)])}", Column);
        return data.WithTargets([column]);
    }

    /// <summary>Whether the steps that were fitted to the first target are this plan's; a class that was matched by name is the first target still.</summary>
    /// <param name="data">The data set.</param>
    /// <param name="view">Its rows with this plan's targets only.</param>
    internal bool Scales(Dataset data, Dataset view) => Column is null || view.Targets[0].Name == data.Targets[0].Name;

    /// <summary>The form of the targets.</summary>
    /// <param name="data">The rows with this plan's targets only.</param>
    internal TargetLayout Fit(Dataset data) => Loss is not null ? Loss.Fit(Output!, data)
        : data.Targets[0] is ClassColumn classes ? new TargetLayout(classes.ItemShape, IsIndex: true, classes.ClassNames.Count, 0)
        : new TargetLayout(data.Targets[0].ItemShape, IsIndex: false, 0, 0);
}
