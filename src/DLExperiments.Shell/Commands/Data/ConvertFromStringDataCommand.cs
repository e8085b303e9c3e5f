using System.Collections;
using System.Management.Automation;
using System.Text.RegularExpressions;

namespace DLExperiments.Shell.Commands.Data;

/// <summary>ConvertFrom-StringData: makes a hashtable of lines <c>name = value</c>.</summary>
[Cmdlet(VerbsData.ConvertFrom, "StringData")]
[OutputType(typeof(Hashtable))]
public sealed class ConvertFromStringDataCommand : PSCmdlet
{
    /// <summary>The lines; empty ones and those that start with # are skipped, and backslash escapes are understood.</summary>
    [Parameter(Position = 0, Mandatory = true, ValueFromPipeline = true)]
    [AllowEmptyString]
    public string StringData { get; set; } = "";

    /// <summary>What stands between name and value; default <c>=</c>.</summary>
    [Parameter(Position = 1)]
    public char Delimiter { get; set; } = '=';

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        var result = new Hashtable(StringComparer.OrdinalIgnoreCase);
        foreach (var line in StringData.Split('\n'))
        {
            var text = line.Trim();
            if (text.Length == 0 || text[0] == '#')
                continue;
            var place = text.IndexOf(Delimiter);
            if (place <= 0)
                throw new PSInvalidOperationException($"Data line '{text}' is not in 'name{Delimiter}value' format.");
            var name = text[..place].Trim();
            if (result.ContainsKey(name))
                throw new PSInvalidOperationException($"Data item '{name}' in line '{text}' is already defined.");
            result.Add(name, Regex.Unescape(text[(place + 1)..].Trim()));
        }
        WriteObject(result);
    }
}
