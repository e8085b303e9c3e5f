using System.Text.RegularExpressions;

namespace DLExperiments.Shell.Hosting.Editing;

/// <summary>
/// The commands typed, oldest first, kept in a text file across sessions. A command of several lines is stored with a backtick at the
/// end of each line but the last. A file that cannot be read or written costs the memory of other sessions, never a command.
/// </summary>
public sealed partial class CommandHistory
{
    /// <summary>Commands that the file keeps.</summary>
    public const int Capacity = 4000;

    private readonly List<string> entries = [];
    private readonly string? path;

    /// <summary>Reads the history.</summary>
    /// <param name="path">The file, which may be missing; <see langword="null"/> keeps it in memory only.</param>
    public CommandHistory(string? path = null)
    {
        this.path = path;
        if (path is null || !File.Exists(path))
            return;
        try
        {
            Load(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            entries.Clear();
        }
    }

    /// <summary>The user's file: in the data folder (XDG_DATA_HOME on Unix, the local application data on Windows).</summary>
    public static string DefaultPath => Path.Combine(
        Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.DoNotVerify), "dlexperiments", "dlx_history.txt");

    /// <summary>The commands, oldest first.</summary>
    public IReadOnlyList<string> Entries => entries;

    /// <summary>
    /// Adds a command, unless it repeats the last one. One that seems to hold a secret (password, token, key, secret) is not written
    /// to the file.
    /// </summary>
    /// <param name="command">The command; blank ones are ignored.</param>
    public void Add(string command)
    {
        ArgumentNullException.ThrowIfNull(command);
        command = command.TrimEnd();
        if (command.Length == 0 || (entries.Count > 0 && entries[^1] == command))
            return;
        entries.Add(command);
        if (path is null || Secret().IsMatch(command))
            return;
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
            File.AppendAllText(path, Encode(command));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // A read-only home must not stop anybody from working; the command stays known to this session.
        }
    }

    /// <summary>Looks for an older or newer command.</summary>
    /// <param name="from">The index to start from, exclusive; <see cref="Entries"/>' count stands for the line being typed.</param>
    /// <param name="step">-1 for older, 1 for newer.</param>
    /// <param name="matches">Which commands count.</param>
    /// <returns>The index found, or -1.</returns>
    public int Find(int from, int step, Func<string, bool> matches)
    {
        ArgumentNullException.ThrowIfNull(matches);
        for (var i = from + step; i >= 0 && i < entries.Count; i += step)
        {
            if (matches(entries[i]))
                return i;
        }
        return -1;
    }

    private void Load(string file)
    {
        var command = new List<string>();
        foreach (var line in File.ReadLines(file))
        {
            var continues = line.EndsWith('`');
            command.Add(continues ? line[..^1] : line);
            if (continues)
                continue;
            entries.Add(string.Join('\n', command));
            command.Clear();
        }
        // Trimmed only when it has grown to twice the size: no rewriting at every start.
        if (entries.Count <= 2 * Capacity)
            return;
        entries.RemoveRange(0, entries.Count - Capacity);
        var aside = file + ".new";
        File.WriteAllText(aside, string.Concat(entries.Select(Encode)));
        File.Move(aside, file, overwrite: true);
    }

    private static string Encode(string command) => command.Replace("\n", "`\n", StringComparison.Ordinal) + "\n";

    [GeneratedRegex("password|asplaintext|token|apikey|secret", RegexOptions.IgnoreCase)]
    private static partial Regex Secret();
}
