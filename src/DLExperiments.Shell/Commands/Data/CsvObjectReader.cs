using System.Management.Automation;

namespace DLExperiments.Shell.Commands.Data;

/// <summary>Makes objects of CSV records: the header names the properties, every value is text.</summary>
internal sealed class CsvObjectReader(PSCmdlet cmdlet, IReadOnlyList<string>? givenHeader)
{
    private readonly List<string> fields = [];
    private string[]? header = givenHeader is null ? null : NameColumns(cmdlet, givenHeader);
    private string? typeName;

    /// <summary>Writes the objects of a text; the header found in one text holds for the next.</summary>
    internal void Write(TextReader text, char delimiter)
    {
        var reader = new CsvRecordReader(text, delimiter);
        if (header is null)
            ReadTypeName(reader);
        while (header is null && !reader.AtEnd)
            ReadHeader(reader);
        while (header is not null)
        {
            reader.Read(fields);
            if (fields.Count == 0)
                return;
            if (fields.Count > 1 || fields[0].Length > 0)
                cmdlet.WriteObject(Build());
        }
    }

    private void ReadTypeName(CsvRecordReader reader)
    {
        if (reader.Peek() != '#')
            return;
        var line = reader.ReadLine();
        if (line.StartsWith("#TYPE ", StringComparison.OrdinalIgnoreCase))
            typeName = "CSV:" + line[6..].Trim();
        else if (line.StartsWith("#Fields: ", StringComparison.OrdinalIgnoreCase))
            header = NameColumns(cmdlet, line[9..].Split(' ', StringSplitOptions.RemoveEmptyEntries));
    }

    private void ReadHeader(CsvRecordReader reader)
    {
        reader.Read(fields);
        while (fields.Count > 1 && fields[^1].Length == 0)
            fields.RemoveAt(fields.Count - 1);
        if (fields.Count == 0)
            return;
        if (fields[0].StartsWith("#Fields: ", StringComparison.OrdinalIgnoreCase))
            fields[0] = fields[0][9..];
        else if (fields[0].StartsWith('#'))
            return;
        header = NameColumns(cmdlet, fields);
    }

    private static string[] NameColumns(PSCmdlet cmdlet, IReadOnlyList<string> names)
    {
        var seen = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        foreach (var name in names)
            if (!string.IsNullOrEmpty(name) && !seen.Add(name))
                cmdlet.ThrowTerminatingError(new ErrorRecord(
                    new ExtendedTypeSystemException($"The member \"{name}\" is already present."),
                    "AlreadyPresentPSMemberInfoInternalCollectionAdd", ErrorCategory.NotSpecified, name));
        var columns = names.ToArray();
        var unnamed = 0;
        for (var i = 0; i < columns.Length; i++)
            if (string.IsNullOrEmpty(columns[i]))
                columns[i] = $"H{++unnamed}";
        if (unnamed > 0)
            cmdlet.WriteWarning("One or more headers were not specified. Default names starting with \"H\" have been used in place of any missing headers.");
        return columns;
    }

    private PSObject Build()
    {
        var result = new PSObject(header!.Length);
        for (var i = 0; i < header.Length; i++)
            result.Properties.Add(new PSNoteProperty(header[i], i < fields.Count ? fields[i] : null), preValidated: true);
        if (typeName is not null)
            result.TypeNames.Insert(0, typeName);
        return result;
    }
}
