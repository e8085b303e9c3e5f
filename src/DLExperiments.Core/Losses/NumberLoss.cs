using DLExperiments.Data;
using DLExperiments.Networks;

namespace DLExperiments.Losses;

/// <summary>A loss of regression: outputs are numbers, and so are the targets.</summary>
public abstract class NumberLoss : ElementwiseLoss
{
    /// <inheritdoc/>
    public sealed override OutputReading Reading => OutputReading.Identity;

    /// <inheritdoc/>
    public override string DefaultMetric => "RMSE";

    /// <inheritdoc/>
    public sealed override TargetLayout Fit(Shape output, Dataset data)
    {
        if (TargetsOf(data).OfType<ClassColumn>().FirstOrDefault() is { } classes)
            throw TargetError($"the target '{classes.Name}' is a class ({classes.ClassNames.Count} of them), but this loss wants numbers; use CrossEntropy.", classes);
        CheckWidth(output, data);
        CheckOutput(output);
        return new TargetLayout(output, IsIndex: false, Classes: 0, Decisions: 0);
    }

    /// <summary>Refuses outputs that have not the shape that the loss is for.</summary>
    private protected virtual void CheckOutput(Shape output)
    {
    }
}
