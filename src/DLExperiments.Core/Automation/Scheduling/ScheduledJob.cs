using DLExperiments.Errors;

namespace DLExperiments.Automation.Scheduling;

/// <summary>A command that a scheduler shall start by itself.</summary>
public sealed record ScheduledJob
{
    private readonly string name = "";
    private readonly IReadOnlyList<string> command = [];

    /// <summary>Its name: letters, digits, dots, dashes and underscores, so that it can be part of a file's name and of a comment.</summary>
    /// <exception cref="ExperimentException">InvalidJobName.</exception>
    public required string Name
    {
        get => name;
        init => name = value.Length is > 0 and <= 100 && value.All(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '-' or '_') && value[0] is not ('.' or '-') ? value
            : throw new ExperimentException("InvalidJobName", ErrorKind.InvalidArgument, $"'{value}' cannot be the name of a scheduled experiment: use letters, digits, '.', '-' and '_'. Give another with -Name.", value);
    }

    /// <summary>The program, with its full path, and its arguments, without line breaks and other control characters: a line of a crontab or a unit ends at them.</summary>
    /// <exception cref="ExperimentException">InvalidJobCommand.</exception>
    public required IReadOnlyList<string> Command
    {
        get => command;
        init => command = value.FirstOrDefault(w => w.Any(char.IsControl)) is not { } bad ? value
            : throw new ExperimentException("InvalidJobCommand", ErrorKind.InvalidArgument, $"\"{string.Concat(bad.Select(c => char.IsControl(c) ? $"\\u{(int)c:X4}" : $"{c}"))}\" has a line break or another control character, which no scheduler keeps. Rename the file or folder.", bad);
    }

    /// <summary>How often it starts.</summary>
    public ScheduleInterval Every { get; init; } = ScheduleInterval.Day;

    /// <summary>The time of day in local time, to the minute; of <see cref="ScheduleInterval.Hour"/> only the minutes count.</summary>
    public TimeSpan At { get; init; } = TimeSpan.FromHours(2);

    /// <summary>The days of <see cref="ScheduleInterval.Week"/>, at least one.</summary>
    public IReadOnlyList<DayOfWeek> Days { get; init; } = [DayOfWeek.Sunday];
}
