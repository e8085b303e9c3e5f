using System.Management.Automation;
using System.Management.Automation.Internal;
using System.Text;
using System.Text.RegularExpressions;
using Microsoft.PowerShell.Commands;

namespace DLExperiments.Shell.Commands.Text;

/// <summary>Select-String: finds the lines of files or of text that match a pattern.</summary>
[Cmdlet(VerbsCommon.Select, "String", DefaultParameterSetName = "File")]
[OutputType(typeof(bool), typeof(MatchInfo), ParameterSetName = ["File", "Object", "LiteralFile"])]
[OutputType(typeof(string), ParameterSetName = ["FileRaw", "ObjectRaw", "LiteralFileRaw"])]
public sealed class SelectStringCommand : PSCmdlet
{
    private Regex[] expressions = [];
    private LineSearch? stream;
    private bool emphasize, anyFound, done;
    private int before, after;

    /// <summary>The culture of a simple match; default the current one.</summary>
    [Parameter]
    [ValidateNotNull]
    [ArgumentCompletions("Ordinal", "Invariant", "Current")]
    public string? Culture { get; set; }

    /// <summary>The text, one line an object.</summary>
    [Parameter(ValueFromPipeline = true, Mandatory = true, ParameterSetName = "Object")]
    [Parameter(ValueFromPipeline = true, Mandatory = true, ParameterSetName = "ObjectRaw")]
    [AllowNull]
    [AllowEmptyString]
    public PSObject? InputObject { get; set; }

    /// <summary>The regular expressions, or with <see cref="SimpleMatch"/> plain text.</summary>
    [Parameter(Mandatory = true, Position = 0)]
    public string[] Pattern { get; set; } = [];

    /// <summary>The files; wildcards are allowed.</summary>
    [Parameter(Position = 1, Mandatory = true, ValueFromPipelineByPropertyName = true, ParameterSetName = "File")]
    [Parameter(Position = 1, Mandatory = true, ValueFromPipelineByPropertyName = true, ParameterSetName = "FileRaw")]
    public string[]? Path { get; set; }

    /// <summary>The files, taken as written.</summary>
    [Parameter(Mandatory = true, ValueFromPipelineByPropertyName = true, ParameterSetName = "LiteralFile")]
    [Parameter(Mandatory = true, ValueFromPipelineByPropertyName = true, ParameterSetName = "LiteralFileRaw")]
    [Alias("PSPath", "LP")]
    public string[]? LiteralPath { get; set; }

    /// <summary>Writes the lines alone.</summary>
    [Parameter(Mandatory = true, ParameterSetName = "ObjectRaw")]
    [Parameter(Mandatory = true, ParameterSetName = "FileRaw")]
    [Parameter(Mandatory = true, ParameterSetName = "LiteralFileRaw")]
    public SwitchParameter Raw { get; set; }

    /// <summary>Takes the patterns as plain text.</summary>
    [Parameter]
    public SwitchParameter SimpleMatch { get; set; }

    /// <summary>Tells upper from lower case.</summary>
    [Parameter]
    public SwitchParameter CaseSensitive { get; set; }

    /// <summary>Writes only whether there is a match.</summary>
    [Parameter(ParameterSetName = "Object")]
    [Parameter(ParameterSetName = "File")]
    [Parameter(ParameterSetName = "LiteralFile")]
    public SwitchParameter Quiet { get; set; }

    /// <summary>Writes only the first match of a file.</summary>
    [Parameter]
    public SwitchParameter List { get; set; }

    /// <summary>Does not mark what was found.</summary>
    [Parameter]
    public SwitchParameter NoEmphasis { get; set; }

    /// <summary>Only files whose names match one of these.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string[]? Include { get; set; }

    /// <summary>Only files whose names match none of these.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string[]? Exclude { get; set; }

    /// <summary>Finds the lines that do not match.</summary>
    [Parameter]
    public SwitchParameter NotMatch { get; set; }

    /// <summary>Notes all matches in a line, not only the first.</summary>
    [Parameter]
    public SwitchParameter AllMatches { get; set; }

    /// <summary>The encoding where a file has no byte order mark; default UTF-8.</summary>
    [Parameter]
    [EncodingArgument]
    [ValidateNotNullOrEmpty]
    public Encoding Encoding { get; set; } = EncodingArgumentAttribute.Default;

    /// <summary>How many lines to note before and after; one number for both.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [ValidateCount(1, 2)]
    [ValidateRange(0, int.MaxValue)]
    public int[]? Context { get; set; }

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        if (Culture is not null && !SimpleMatch)
            ThrowTerminatingError(new ErrorRecord(
                new InvalidOperationException("The -Culture parameter needs -SimpleMatch."), "CannotSpecifyCultureWithoutSimpleMatch", ErrorCategory.InvalidData, null));
        emphasize = !NoEmphasis && Host.UI.SupportsVirtualTerminal;
        (before, after) = Context is null ? (0, 0) : (Context[0], Context[^1]);
        var options = (CaseSensitive ? RegexOptions.None : RegexOptions.IgnoreCase)
            | (Culture is "Ordinal" or "Invariant" ? RegexOptions.CultureInvariant : RegexOptions.None);
        expressions = Array.ConvertAll(Pattern, pattern => Compile(pattern, options));
    }

    private Regex Compile(string pattern, RegexOptions options)
    {
        try
        {
            return new Regex(SimpleMatch ? Regex.Escape(pattern) : pattern, options);
        }
        catch (ArgumentException exception)
        {
            ThrowTerminatingError(new ErrorRecord(
                new ArgumentException($"The string {pattern} is not a valid regular expression: {exception.Message}", exception),
                "InvalidRegex", ErrorCategory.InvalidArgument, pattern));
            throw;
        }
    }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        if (done)
            return;
        if (Path is not null || LiteralPath is not null)
            foreach (var path in Path ?? LiteralPath!)
                foreach (var file in FileTarget.ResolveForReading(this, path, literal: Path is null))
                    Search(file);
        else if (InputObject?.BaseObject is FileInfo info)
            Search(info.FullName);
        else if (InputObject is not null && InputObject != AutomationNull.Value)
        {
            stream ??= NewSearch(null);
            done = stream.Add(InputObject.BaseObject is MatchInfo match ? match.Line : InputObject.ToString()) && (Quiet || List);
        }
    }

    private LineSearch NewSearch(string? path) => new(path, before, after, Context is not null, Write) { Find = Find };

    private void Search(string file)
    {
        if (done || !IsWanted(file))
            return;
        if (Directory.Exists(file))
            return;
        try
        {
            using var text = new StreamReader(new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite), Encoding);
            var search = NewSearch(file);
            while (text.ReadLine() is { } line)
            {
                if (search.Add(line) && (List || Quiet))
                {
                    done = Quiet;
                    // With context, the lines after the one match are still to be read.
                    for (var i = 0; i < after && text.ReadLine() is { } next; i++)
                        search.AddContext(next);
                    break;
                }
            }
            search.End();
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            WriteError(new ErrorRecord(
                new ArgumentException($"The file {file} cannot be read: {exception.Message}", exception), "ProcessingFile", ErrorCategory.InvalidArgument, file));
        }
    }

    private bool IsWanted(string file) =>
        (Include is null || Array.Exists(Include, pattern => Matches(pattern, file)))
        && (Exclude is null || !Array.Exists(Exclude, pattern => Matches(pattern, file)));

    private static bool Matches(string pattern, string file)
    {
        var wildcard = WildcardPattern.Get(pattern, WildcardOptions.IgnoreCase);
        return wildcard.IsMatch(System.IO.Path.GetFileName(file)) || wildcard.IsMatch(file);
    }

    private MatchInfo? Find(string line)
    {
        for (var i = 0; i < expressions.Length; i++)
        {
            var first = expressions[i].Match(line);
            Match[] matches = !first.Success ? [] : AllMatches && !NotMatch ? [.. expressions[i].Matches(line).Cast<Match>()] : [first];
            if (matches.Length == 0)
                continue;
            return NotMatch ? null : new MatchInfo(emphasize, Array.ConvertAll(matches, match => (match.Index, match.Length)))
            {
                IgnoreCase = !CaseSensitive, Line = line, Pattern = Pattern[i], Matches = SimpleMatch ? [] : matches,
            };
        }
        return NotMatch ? new MatchInfo(false, []) { IgnoreCase = !CaseSensitive, Line = line, Pattern = Pattern[^1] } : null;
    }

    private void Write(MatchInfo match)
    {
        anyFound = true;
        if (!Quiet)
            WriteObject(Raw ? match.Line : match);
    }

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        stream?.End();
        if (Quiet)
            WriteObject(anyFound);
    }
}
