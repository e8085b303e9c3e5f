using System.Globalization;
using System.Text;

namespace DLExperiments.Automation;

/// <summary>The log of a run: plain text, one line for each event, which begins with its time in UTC. Each line is on disk before the next step begins.</summary>
public sealed class ExperimentLog
{
    private readonly string path;

    /// <summary>Opens a log; lines are added to what is there.</summary>
    /// <param name="path">Full path of the file.</param>
    public ExperimentLog(string path) => this.path = path;

    /// <summary>Adds a line.</summary>
    /// <param name="text">What happened; line ends in it become spaces.</param>
    /// <returns>False when it could not be written: a run does not end because its log cannot grow.</returns>
    public bool Write(string text)
    {
        string line = string.Create(CultureInfo.InvariantCulture, $"{DateTime.UtcNow:yyyy-MM-ddTHH:mm:ss.fffZ} {text.ReplaceLineEndings(" ")}\n");
        try
        {
            using var stream = new FileStream(path, FileMode.Append, FileAccess.Write, FileShare.ReadWrite, 1);
            stream.Write(Encoding.UTF8.GetBytes(line));
            return true;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }
}
