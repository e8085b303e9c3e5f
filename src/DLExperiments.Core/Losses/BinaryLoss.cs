using DLExperiments.Data;
using DLExperiments.Networks;

namespace DLExperiments.Losses;

/// <summary>A loss of yes/no answers: one output for each target, which is a class of two or a number.</summary>
public abstract class BinaryLoss : ElementwiseLoss
{
    /// <inheritdoc/>
    public sealed override string DefaultMetric => "Accuracy";

    /// <inheritdoc/>
    public sealed override TargetLayout Fit(Shape output, Dataset data)
    {
        foreach (ClassColumn classes in TargetsOf(data).OfType<ClassColumn>())
            if (classes.ClassNames.Count != 2)
                throw TargetError($"the target '{classes.Name}' has {classes.ClassNames.Count} classes, but this loss wants two; "
                    + $"use CrossEntropy with {classes.ClassNames.Count} outputs.", classes);
        CheckWidth(output, data);
        return new TargetLayout(output, IsIndex: false, Classes: 2, Decisions: output.ElementCount);
    }

    /// <inheritdoc/>
    public sealed override long CountCorrect(ReadOnlySpan<float> outputs, ReadOnlySpan<float> targets, TargetLayout layout)
    {
        long correct = 0;
        for (int i = 0; i < outputs.Length; i++)
            if (outputs[i] > OutputThreshold == targets[i] > Threshold) correct++;
        return correct;
    }

    /// <summary>A target above it means class 1.</summary>
    private protected abstract float Threshold { get; }

    /// <summary>An output above it means class 1.</summary>
    private protected virtual float OutputThreshold => 0;
}
