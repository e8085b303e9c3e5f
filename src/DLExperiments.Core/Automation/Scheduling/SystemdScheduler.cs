using System.Globalization;
using System.Text;
using DLExperiments.Catalogues;
using DLExperiments.Errors;
using DLExperiments.Files;

namespace DLExperiments.Automation.Scheduling;

/// <summary>A timer and a service of the user's systemd (systemd.timer(5), systemd.service(5)). They run while the user is logged in, or always after <c>loginctl enable-linger</c>.</summary>
[CatalogueEntry("Systemd")]
public sealed class SystemdScheduler : Scheduler
{
    private const string Head = "# Written by " + Mark + " for ";

    /// <inheritdoc/>
    public override bool IsAvailable => SystemProgram.Exists("systemctl");

    private static string Folder => Path.Combine(Environment.GetEnvironmentVariable("XDG_CONFIG_HOME") is { Length: > 0 } config ? config
        : Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".config"), "systemd", "user");

    /// <inheritdoc/>
    public override JobEntry Describe(ScheduledJob job)
    {
        string calendar = CalendarOf(job), command = string.Join(' ', job.Command.Select(Quote));
        return new(job.Name, "Systemd", calendar, command, TimerOf(job.Name), Timer(job.Name, calendar) + "\n" + Service(job.Name, command));
    }

    /// <inheritdoc/>
    public override void Register(ScheduledJob job)
    {
        JobEntry entry = Describe(job);
        string timer = TimerOf(job.Name), service = Path.ChangeExtension(timer, ".service");
        foreach (string file in new[] { timer, service })
        {
            if (File.Exists(file) && !IsOurs(file))
                throw new ExperimentException("SchedulerFailed", ErrorKind.AlreadyExists, $"'{file}' was written by somebody else. Choose another -Name.", file);
        }
        try
        {
            Directory.CreateDirectory(Folder);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new ExperimentException("FileNotWritable", ErrorKind.Io, $"The folder '{Folder}' cannot be made: {e.Message}", Folder, e);
        }
        Write(service, Service(job.Name, entry.Command));
        Write(timer, Timer(job.Name, entry.Schedule));
        SystemProgram.Require("systemctl", null, "--user", "daemon-reload");
        SystemProgram.Require("systemctl", null, "--user", "enable", "--now", Path.GetFileName(timer));
    }

    /// <inheritdoc/>
    public override IReadOnlyList<JobEntry> List() => !Directory.Exists(Folder) ? [] : [.. Directory.EnumerateFiles(Folder, $"{Prefix}*.timer").Where(IsOurs).Order(StringComparer.Ordinal).Select(timer =>
    {
        string service = Path.ChangeExtension(timer, ".service"), text = File.ReadAllText(timer), run = File.Exists(service) ? File.ReadAllText(service) : "";
        return new JobEntry(Path.GetFileNameWithoutExtension(timer)[Prefix.Length..], "Systemd", Setting(text, "OnCalendar"), Setting(run, "ExecStart"), timer, text + "\n" + run);
    })];

    /// <inheritdoc/>
    public override bool Unregister(string name)
    {
        string timer = TimerOf(name), service = Path.ChangeExtension(timer, ".service");
        if (!File.Exists(timer) || !IsOurs(timer)) return false;
        SystemProgram.Require("systemctl", null, "--user", "disable", "--now", Path.GetFileName(timer));
        File.Delete(timer);
        if (File.Exists(service) && IsOurs(service)) File.Delete(service);
        SystemProgram.Require("systemctl", null, "--user", "daemon-reload");
        return true;
    }

    private static string Prefix => Mark.ToLowerInvariant() + "-";

    private static string TimerOf(string name) => Path.Combine(Folder, $"{Prefix}{name}.timer");

    private static string CalendarOf(ScheduledJob job) => job.Every switch
    {
        ScheduleInterval.Hour => string.Create(CultureInfo.InvariantCulture, $"*-*-* *:{job.At.Minutes:00}:00"),
        ScheduleInterval.Week => $"{string.Join(',', job.Days.Distinct().Order().Select(d => d.ToString()[..3]))} {Daily(job.At)}",
        _ => Daily(job.At),
    };

    private static string Daily(TimeSpan at) => string.Create(CultureInfo.InvariantCulture, $"*-*-* {at.Hours:00}:{at.Minutes:00}:00");

    private static string Timer(string name, string calendar) => $"{Head}{name}\n[Unit]\nDescription=Experiment {name}\n\n[Timer]\nOnCalendar={calendar}\nPersistent=true\n\n[Install]\nWantedBy=timers.target\n";

    // The exit codes of "worse than the baseline" and the like leave the unit failed, which is what a watcher looks for.
    private static string Service(string name, string command) => $"{Head}{name}\n[Unit]\nDescription=Experiment {name}\n\n[Service]\nType=oneshot\nExecStart={command}\n";

    private static string Quote(string word)
    {
        string safe = word.Replace("%", "%%", StringComparison.Ordinal).Replace("$", "$$", StringComparison.Ordinal);
        return safe.Length > 0 && safe.All(c => char.IsAsciiLetterOrDigit(c) || c is '/' or '.' or '-' or '_' or ':' or '=' or ',' or '%' or '$') ? safe
            : $"\"{safe.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)}\"";
    }

    private static bool IsOurs(string file) => File.ReadLines(file).FirstOrDefault()?.StartsWith(Head, StringComparison.Ordinal) == true;

    private static string Setting(string unit, string key) => unit.Split('\n').FirstOrDefault(l => l.StartsWith(key + "=", StringComparison.Ordinal))?[(key.Length + 1)..] ?? "";

    private static void Write(string path, string text) => AtomicFile.Write(path, overwrite: true, s => s.Write(Encoding.UTF8.GetBytes(text)));
}
