using System.Globalization;
using System.Text;
using CsvHelper;
using CsvHelper.Configuration;
using DLExperiments.Errors;

namespace DLExperiments.Training.Curves;

/// <summary>
/// Reads learning curves: the files of this software, also while they are being written (a last line without its end is left out),
/// and those of the Keras CSVLogger and of the Lightning CSVLogger, under this software's names and with epochs from 1.
/// </summary>
public static class LearningCurveReader
{
    // The columns of the file's first version, which every later one begins with.
    private const int FirstVersion = 15;

    /// <summary>Reads a file.</summary>
    /// <param name="path">Full path.</param>
    /// <exception cref="ExperimentException">NotALearningCurve: there is no column of epochs; RaggedRow or NotANumber: a line is damaged; each names the line.</exception>
    public static LearningCurve Read(string path)
    {
        string text = ReadShared(path);
        bool unfinished = text.Length > 0 && text[^1] is not ('\n' or '\r');
        List<string[]> lines = Split(text);
        string[] header = lines.Count > 0 ? [.. lines[0].Select(h => h.Trim())] : [];
        bool own = header.Length >= FirstVersion && header.Take(FirstVersion).SequenceEqual(LearningCurveWriter.Columns.Take(FirstVersion));
        if (!header.Contains("epoch", StringComparer.OrdinalIgnoreCase))
            throw new ExperimentException("NotALearningCurve", ErrorKind.InvalidData,
                $"'{path}' has no column of epochs: its first line is '{string.Join(',', header.Take(8))}'. A learning curve is a CSV file of DLExperiments, of the Keras CSVLogger or of the Lightning CSVLogger.", path);
        // A file of ours always ends its lines; of another's, a short last line is one that is being written.
        if (unfinished && lines.Count > 1 && (own || lines[^1].Length < header.Length)) lines.RemoveAt(lines.Count - 1);
        if (lines.FindIndex(l => l.Length != header.Length) is > 0 and int odd)
            throw new ExperimentException("RaggedRow", ErrorKind.InvalidData, $"'{path}', line {odd + 1}: {lines[odd].Length} fields, but the first line has {header.Length}.", path);
        List<string[]> rows = lines.GetRange(1, lines.Count - 1);
        return own || header.Contains("Epoch") ? ReadOwn(path, header, rows)
            : header.Contains("step") ? ForeignCurve.ReadLightning(path, header, rows)
            : ForeignCurve.ReadKeras(path, header, rows);
    }

    private static LearningCurve ReadOwn(string path, string[] header, List<string[]> rows) => new(path, "DLExperiments", header,
        [.. rows.Select((row, r) => row.Select((field, c) => ReadField(path, r + 2, header[c], field)).ToArray())]);

    private static object? ReadField(string path, int line, string column, string field) => column switch
    {
        _ when field.Length == 0 => null,
        "Epoch" => (int)ReadNumber(path, line, column, field)!,
        "Step" or "SampleCount" => (long)ReadNumber(path, line, column, field)!,
        "Timestamp" when DateTime.TryParse(field, CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind, out DateTime time) => time,
        _ when !LearningCurveWriter.Columns.Contains(column) && !double.TryParse(field, NumberStyles.Float, CultureInfo.InvariantCulture, out _) => field,
        _ => ReadNumber(path, line, column, field),
    };

    internal static double? ReadNumber(string path, int line, string column, string field)
    {
        string text = field.Trim().Trim('[', ']');
        if (text.Length == 0 || text is "NA" or "None") return null;
        if (double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double number)) return number;
        return text.ToLowerInvariant() switch
        {
            "nan" => double.NaN,
            "inf" => double.PositiveInfinity,
            "-inf" => double.NegativeInfinity,
            _ => throw new ExperimentException("NotANumber", ErrorKind.InvalidData, $"'{path}', line {line}: {column} is '{field}', which is not a number.", path),
        };
    }

    private static string ReadShared(string path)
    {
        // The writer may have the file open, so it must be shared for writing.
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        using var reader = new StreamReader(file, new UTF8Encoding(false));
        return reader.ReadToEnd();
    }

    private static List<string[]> Split(string text)
    {
        int end = text.IndexOf('\n') is >= 0 and int at ? at : text.Length;
        string first = text[..end], delimiter = first.Contains(',') ? "," : first.Contains(';') ? ";" : first.Contains('\t') ? "\t" : ",";
        using var parser = new CsvParser(new StringReader(text), new CsvConfiguration(CultureInfo.InvariantCulture) { Delimiter = delimiter, BadDataFound = null, IgnoreBlankLines = true });
        var lines = new List<string[]>();
        while (parser.Read()) lines.Add(parser.Record!);
        return lines;
    }
}
