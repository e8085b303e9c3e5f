using System.Globalization;
using System.Text;
using System.Xml.Linq;
using DLExperiments.Catalogues;
using DLExperiments.Errors;
using DLExperiments.Files;

namespace DLExperiments.Automation.Scheduling;

/// <summary>Scheduled tasks of Windows in a folder of their own, written with schtasks.</summary>
[CatalogueEntry("Windows")]
public sealed class WindowsScheduler : Scheduler
{
    private const string Folder = "\\" + Mark + "\\";
    private static readonly XNamespace Task = "http://schemas.microsoft.com/windows/2004/02/mit/task";

    /// <inheritdoc/>
    public override bool IsAvailable => SystemProgram.Exists("schtasks");

    /// <inheritdoc/>
    public override JobEntry Describe(ScheduledJob job)
    {
        string time = string.Create(CultureInfo.InvariantCulture, $"{job.At.Hours:00}:{job.At.Minutes:00}");
        string words = job.Every switch { ScheduleInterval.Hour => $"hourly at :{time[3..]}", ScheduleInterval.Week => $"{string.Join(',', job.Days.Distinct().Order())} {time}", _ => $"daily {time}" };
        string arguments = string.Join(' ', job.Command.Skip(1).Select(Quote));
        return new(job.Name, "Windows", words, $"{Quote(job.Command[0])} {arguments}", Folder + job.Name, Xml(job, words, arguments).ToString());
    }

    /// <inheritdoc/>
    public override void Register(ScheduledJob job)
    {
        string file = Path.GetTempFileName();
        try
        {
            // schtasks takes the file's encoding from its mark, and its declaration must agree.
            File.WriteAllText(file, "<?xml version=\"1.0\" encoding=\"UTF-16\"?>\r\n" + Describe(job).Text, Encoding.Unicode);
            SystemProgram.Require("schtasks", null, "/Create", "/TN", Folder + job.Name, "/XML", file, "/F");
        }
        finally
        {
            File.Delete(file);
        }
    }

    /// <inheritdoc/>
    public override IReadOnlyList<JobEntry> List()
    {
        // Its tables are in the language of Windows; the XML is not. A folder that does not exist is an error to it.
        (int exit, string output, _) = SystemProgram.Run("schtasks", null, "/Query", "/FO", "CSV", "/NH", "/TN", Folder);
        if (exit != 0) return [];
        return [.. output.Split('\n').Select(l => l.Split("\",\"")[0].Trim('"', '\r')).Where(n => n.StartsWith(Folder, StringComparison.OrdinalIgnoreCase)).Distinct().Select(Read)];
    }

    /// <inheritdoc/>
    public override bool Unregister(string name)
    {
        if (!List().Any(j => j.Name.Equals(name, StringComparison.OrdinalIgnoreCase))) return false;
        SystemProgram.Require("schtasks", null, "/Delete", "/TN", Folder + name, "/F");
        return true;
    }

    private static JobEntry Read(string path)
    {
        string text = SystemProgram.Require("schtasks", null, "/Query", "/TN", path, "/XML", "ONE");
        int begin = text.IndexOf("<Task", StringComparison.Ordinal);
        if (begin < 0) throw new ExperimentException("ProgramFailed", ErrorKind.InvalidOperation, $"schtasks gave no XML for '{path}'.", path);
        XElement task = XElement.Parse(text[begin..]), exec = task.Descendants(Task + "Exec").First();
        return new(path[Folder.Length..], "Windows", task.Descendants(Task + "Description").FirstOrDefault()?.Value ?? "",
            $"{Quote(exec.Element(Task + "Command")!.Value)} {exec.Element(Task + "Arguments")?.Value}", path, task.ToString());
    }

    private static XElement Xml(ScheduledJob job, string words, string arguments)
    {
        // Any day in the past: the time of day counts, and the days of the week.
        string start = string.Create(CultureInfo.InvariantCulture, $"2024-01-01T{(job.Every == ScheduleInterval.Hour ? 0 : job.At.Hours):00}:{job.At.Minutes:00}:00");
        XElement schedule = job.Every == ScheduleInterval.Week
            ? new XElement(Task + "ScheduleByWeek", new XElement(Task + "DaysOfWeek", job.Days.Distinct().Order().Select(d => new XElement(Task + d.ToString()))), new XElement(Task + "WeeksInterval", 1))
            : new XElement(Task + "ScheduleByDay", new XElement(Task + "DaysInterval", 1));
        XElement? repeat = job.Every == ScheduleInterval.Hour ? new XElement(Task + "Repetition", new XElement(Task + "Interval", "PT1H"), new XElement(Task + "Duration", "P1D")) : null;
        // The trigger's elements are a sequence in the schema (MS-TSCH 2.5.3); those of the other tables come in any order.
        return new XElement(Task + "Task", new XAttribute("version", "1.2"),
            new XElement(Task + "RegistrationInfo", new XElement(Task + "Author", Mark), new XElement(Task + "Description", words)),
            new XElement(Task + "Triggers", new XElement(Task + "CalendarTrigger", new XElement(Task + "StartBoundary", start), repeat, schedule)),
            new XElement(Task + "Settings", new XElement(Task + "MultipleInstancesPolicy", "IgnoreNew"), new XElement(Task + "StartWhenAvailable", true), new XElement(Task + "ExecutionTimeLimit", "PT0S")),
            new XElement(Task + "Actions", new XElement(Task + "Exec", new XElement(Task + "Command", job.Command[0]), new XElement(Task + "Arguments", arguments))));
    }

    // As the C runtime reads a command line: backslashes count only before a quotation mark.
    private static string Quote(string word)
    {
        if (word.Length > 0 && word.All(c => !char.IsWhiteSpace(c) && c != '"')) return word;
        var quoted = new StringBuilder("\"");
        int slashes = 0;
        foreach (char c in word)
        {
            if (c == '"') quoted.Append('\\', slashes + 1);
            slashes = c == '\\' ? slashes + 1 : 0;
            quoted.Append(c);
        }
        return quoted.Append('\\', slashes).Append('"').ToString();
    }
}
