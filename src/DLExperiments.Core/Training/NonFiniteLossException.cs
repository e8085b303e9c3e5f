using DLExperiments.Errors;

namespace DLExperiments.Training;

/// <summary>The loss became NaN or infinite; training stopped before the step could spoil the weights.</summary>
public sealed class NonFiniteLossException : ExperimentException
{
    /// <summary>Makes the error.</summary>
    /// <param name="what">Which loss: training or validation.</param>
    /// <param name="loss">Its value.</param>
    /// <param name="epoch">The epoch, from 1.</param>
    /// <param name="step">The step over all epochs, from 1.</param>
    /// <param name="learningRate">The learning rate of the step.</param>
    /// <param name="history">The epochs completed before.</param>
    /// <param name="where">Where the numbers come from, as a sentence, or null.</param>
    public NonFiniteLossException(string what, double loss, int epoch, long step, double learningRate, IReadOnlyList<EpochResult> history, string? where = null)
        : base("NonFiniteLoss", ErrorKind.InvalidOperation, FormattableString.Invariant(
            $"The {what} loss became {(double.IsNaN(loss) ? "NaN" : "infinite")} in epoch {epoch} at step {step}; training stopped. ")
            + (where is null ? "" : $"{where} ") + FormattableString.Invariant($"Try a smaller learning rate than {learningRate}, scale the data, or another initialiser."), step)
    {
        Epoch = epoch;
        Step = step;
        History = history;
    }

    /// <summary>The epoch, from 1.</summary>
    public int Epoch { get; }

    /// <summary>The step over all epochs, from 1.</summary>
    public long Step { get; }

    /// <summary>The epochs completed before; the learning curve file has them too.</summary>
    public IReadOnlyList<EpochResult> History { get; }
}
