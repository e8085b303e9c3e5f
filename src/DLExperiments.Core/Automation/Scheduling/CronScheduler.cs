using System.Globalization;
using DLExperiments.Catalogues;
using DLExperiments.Errors;
using DLExperiments.Files;

namespace DLExperiments.Automation.Scheduling;

/// <summary>Lines in the user's crontab, each with a comment as its mark (crontab(5)).</summary>
[CatalogueEntry("Cron")]
public sealed class CronScheduler : Scheduler
{
    private const string Tail = " # " + Mark + ":";

    /// <inheritdoc/>
    public override bool IsAvailable => SystemProgram.Exists("crontab");

    /// <inheritdoc/>
    public override JobEntry Describe(ScheduledJob job)
    {
        string time = string.Create(CultureInfo.InvariantCulture, $"{job.At.Minutes} {(job.Every == ScheduleInterval.Hour ? "*" : job.At.Hours)} * * ") +
            (job.Every == ScheduleInterval.Week ? string.Join(',', job.Days.Select(d => (int)d).Distinct().Order()) : "*");
        return Entry(job.Name, time, string.Join(' ', job.Command.Select(Quote)));
    }

    /// <inheritdoc/>
    public override void Register(ScheduledJob job) => Write([.. Read().Where(l => !IsOf(l, job.Name)), Describe(job).Text]);

    /// <inheritdoc/>
    public override IReadOnlyList<JobEntry> List() => [.. Read().Where(l => l.Contains(Tail, StringComparison.Ordinal) && !l.StartsWith('#')).Select(line =>
    {
        int tail = line.LastIndexOf(Tail, StringComparison.Ordinal);
        string[] parts = line[..tail].Split(' ', 6);
        return parts.Length == 6 ? Entry(line[(tail + Tail.Length)..], string.Join(' ', parts[..5]), parts[5]) : null;
    }).OfType<JobEntry>()];

    /// <inheritdoc/>
    public override bool Unregister(string name)
    {
        IReadOnlyList<string> lines = Read();
        string[] rest = [.. lines.Where(l => !IsOf(l, name))];
        if (rest.Length == lines.Count) return false;
        Write(rest);
        return true;
    }

    private static JobEntry Entry(string name, string time, string command) => new(name, "Cron", time, command, "crontab", $"{time} {command}{Tail}{name}");

    private static bool IsOf(string line, string name) => line.EndsWith(Tail + name, StringComparison.Ordinal);

    // To the shell a quoted word is itself; to cron a percent sign ends the line, unless a backslash stands before it.
    private static string Quote(string word) => word.Length > 0 && word.All(c => char.IsAsciiLetterOrDigit(c) || c is '/' or '.' or '-' or '_' or ':' or '=' or ',') ? word
        : $"'{word.Replace("'", "'\\''", StringComparison.Ordinal).Replace("%", "\\%", StringComparison.Ordinal)}'";

    private static IReadOnlyList<string> Read()
    {
        (int exit, string output, string error) = SystemProgram.Run("crontab", null, "-l");
        if (exit != 0 && error.Contains("no crontab", StringComparison.OrdinalIgnoreCase)) return [];
        return exit == 0 ? output.Split('\n')[..^(output.EndsWith('\n') || output.Length == 0 ? 1 : 0)]
            : throw new ExperimentException("ProgramFailed", ErrorKind.InvalidOperation, $"crontab -l ended with {exit}: {error}", "crontab");
    }

    private static void Write(IReadOnlyList<string> lines) => SystemProgram.Require("crontab", string.Concat(lines.Select(l => l + "\n")), "-");
}
