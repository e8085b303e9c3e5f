using System.Globalization;
using DLExperiments.Errors;

namespace DLExperiments.Training.Checkpoints;

/// <summary>How often a training writes a checkpoint: after some epochs, some steps, or some time.</summary>
public sealed record CheckpointInterval
{
    private CheckpointInterval()
    {
    }

    /// <summary>After so many epochs.</summary>
    /// <param name="epochs">1 or more.</param>
    /// <exception cref="ExperimentException">InvalidCheckpointInterval: less than 1.</exception>
    public CheckpointInterval(int epochs) => Epochs = epochs >= 1 ? epochs : throw Invalid(epochs.ToString(CultureInfo.InvariantCulture));

    /// <summary>After some time, at the next step.</summary>
    /// <param name="time">More than 0.</param>
    /// <exception cref="ExperimentException">InvalidCheckpointInterval: 0 or less.</exception>
    public CheckpointInterval(TimeSpan time) => Time = time > TimeSpan.Zero ? time : throw Invalid(time.ToString());

    /// <summary>When nothing is asked for: at the end of an epoch, but not more often than every ten seconds, which costs next to nothing.</summary>
    public static CheckpointInterval Default { get; } = new() { Epochs = 1, Time = TimeSpan.FromSeconds(10) };

    /// <summary>Epochs between checkpoints, or null.</summary>
    public int? Epochs { get; private init; }

    /// <summary>Steps between checkpoints, or null.</summary>
    public long? Steps { get; private init; }

    /// <summary>Time between checkpoints, or null. With <see cref="Epochs"/>, both must have passed.</summary>
    public TimeSpan? Time { get; private init; }

    /// <summary>After so many steps.</summary>
    /// <param name="steps">1 or more.</param>
    /// <exception cref="ExperimentException">InvalidCheckpointInterval: less than 1.</exception>
    public static CheckpointInterval OfSteps(long steps) => steps >= 1 ? new() { Steps = steps } : throw Invalid($"{steps} steps");

    /// <summary>Reads <c>5</c>, <c>5 epochs</c>, <c>500 steps</c>, <c>30 s</c>, <c>10 min</c>, <c>2 h</c> or <c>00:10:00</c>.</summary>
    /// <param name="text">The text.</param>
    /// <exception cref="ExperimentException">InvalidCheckpointInterval: none of these.</exception>
    public static CheckpointInterval Parse(string text)
    {
        if (text.Trim() == Default.ToString()) return Default;
        if (text.Contains(':', StringComparison.Ordinal))
            return TimeSpan.TryParse(text, CultureInfo.InvariantCulture, out TimeSpan time) ? new(time) : throw Invalid(text);
        string unit = text.TrimStart(' ', '0', '1', '2', '3', '4', '5', '6', '7', '8', '9', '.').Trim().ToLowerInvariant();
        if (!double.TryParse(text.AsSpan(0, text.Length - text.TrimStart(' ', '0', '1', '2', '3', '4', '5', '6', '7', '8', '9', '.').Length), NumberStyles.Float, CultureInfo.InvariantCulture, out double number)
            || number <= 0 || number > int.MaxValue) throw Invalid(text);
        bool whole = number == Math.Floor(number);
        return unit switch
        {
            "" or "epoch" or "epochs" when whole => new((int)number),
            "step" or "steps" when whole => OfSteps((long)number),
            "s" or "sec" or "second" or "seconds" => new(TimeSpan.FromSeconds(number)),
            "min" or "minute" or "minutes" => new(TimeSpan.FromMinutes(number)),
            "h" or "hour" or "hours" => new(TimeSpan.FromHours(number)),
            _ => throw Invalid(text),
        };
    }

    /// <summary>The text that <see cref="Parse"/> reads.</summary>
    public override string ToString() => this switch
    {
        { Epochs: 1, Time: not null } => "default",
        { Epochs: { } epochs } => FormattableString.Invariant($"{epochs} epochs"),
        { Steps: { } steps } => FormattableString.Invariant($"{steps} steps"),
        _ => Time!.Value.ToString("c", CultureInfo.InvariantCulture),
    };

    private static ExperimentException Invalid(string text) => new("InvalidCheckpointInterval", ErrorKind.InvalidArgument,
        $"'{text}' says not how often to write a checkpoint; give epochs (5), '500 steps', or a time such as '30 s', '10 min' or 00:10:00.", text);
}
