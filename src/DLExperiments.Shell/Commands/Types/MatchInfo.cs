using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

// The engine's format views, and scripts that name the type, know it under pwsh's own namespace.
namespace Microsoft.PowerShell.Commands;

/// <summary>A line in which Select-String found a pattern.</summary>
public sealed class MatchInfo
{
    private const string Stream = "InputStream";
    private readonly bool emphasize;
    private readonly (int Index, int Length)[] places;

    internal MatchInfo(bool emphasize, (int Index, int Length)[] places) => (this.emphasize, this.places) = (emphasize, places);

    /// <summary>Whether case was ignored.</summary>
    public bool IgnoreCase { get; set; }

    /// <summary>The number of the line, from 1.</summary>
    public int LineNumber { get; set; }

    /// <summary>The line.</summary>
    public string Line { get; set; } = "";

    /// <summary>The name of the file, or InputStream.</summary>
    public string Filename => Path == Stream ? Stream : System.IO.Path.GetFileName(Path);

    /// <summary>The path of the file, or InputStream.</summary>
    public string Path { get; set; } = Stream;

    /// <summary>The pattern that was found.</summary>
    public string Pattern { get; set; } = "";

    /// <summary>The lines around; null where none were asked for.</summary>
    public MatchInfoContext? Context { get; set; }

    /// <summary>What the regular expression found in the line; none with -SimpleMatch or -NotMatch.</summary>
    public Match[] Matches { get; set; } = [];

    /// <summary>The path as seen from a directory, where it is below it.</summary>
    /// <param name="directory">The full path of the directory.</param>
    public string RelativePath(string directory)
    {
        if (Path == Stream || string.IsNullOrEmpty(directory))
            return Path;
        var start = directory.EndsWith(System.IO.Path.DirectorySeparatorChar) ? directory : directory + System.IO.Path.DirectorySeparatorChar;
        return Path.StartsWith(start, StringComparison.Ordinal) ? Path[start.Length..] : Path;
    }

    /// <inheritdoc/>
    public override string ToString() => ToString(null);

    /// <summary>Path, line number and line, with the path as seen from a directory.</summary>
    /// <param name="directory">The full path of the directory; null leaves the path as it is.</param>
    public string ToString(string? directory) => Show(directory is null ? Path : RelativePath(directory), Line);

    /// <summary>As <see cref="ToString(string)"/>, with what was found in reverse colours where the host can show them.</summary>
    /// <param name="directory">The full path of the directory.</param>
    public string ToEmphasizedString(string directory)
    {
        if (!emphasize)
            return ToString(directory);
        var line = new StringBuilder();
        var end = 0;
        foreach (var (index, length) in places)
        {
            line.Append(Line, end, index - end).Append("\u001b[7m").Append(Line, index, length).Append("\u001b[0m");
            end = index + length;
        }
        return Show(RelativePath(directory), line.Append(Line, end, Line.Length - end).ToString());
    }

    private string Show(string path, string line)
    {
        if (Context is null)
            return Row("", path, LineNumber, line);
        var rows = new List<string>();
        var number = LineNumber - Context.DisplayPreContext.Length;
        foreach (var before in Context.DisplayPreContext)
            rows.Add(Row("  ", path, number++, before));
        rows.Add(Row("> ", path, number++, line));
        foreach (var after in Context.DisplayPostContext)
            rows.Add(Row("  ", path, number++, after));
        return string.Join(Environment.NewLine, rows);
    }

    private string Row(string prefix, string path, int number, string line) =>
        Path == Stream ? prefix + line : string.Create(CultureInfo.CurrentCulture, $"{prefix}{path}:{number}:{line}");
}
