using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Text;
using CsvHelper;
using CsvHelper.Configuration;
using DLExperiments.Catalogues;
using DLExperiments.Data.Tables;
using DLExperiments.Errors;

namespace DLExperiments.Data.Formats;

/// <summary>A table as text: CSV, TSV and relatives, quoted as in RFC 4180, plain or gzip, read as a stream. Numbers use a decimal point.</summary>
[CatalogueEntry("Csv", "Tsv")]
public sealed class CsvFormat : DataFormat
{
    /// <summary>What separates the cells; found from the first lines when not given.</summary>
    public string? Delimiter { get; set; }

    /// <summary>Names of the columns, for a file without a header row.</summary>
    public string[] Header { get; set; } = [];

    /// <summary>The file has no header row; the columns are called Column1, Column2, ... unless named by Header.</summary>
    public bool NoHeader { get; set; }

    /// <summary>The first row is the header even if it looks like data. Without this and NoHeader, a first row of which every cell is text is one.</summary>
    public bool HasHeader { get; set; }

    /// <summary>Lines that begin with this text are comments.</summary>
    public string? Comment { get; set; }

    /// <summary>How many lines to leave out at the start.</summary>
    [Range(0, int.MaxValue)]
    public int SkipHeader { get; set; }

    /// <summary>How many rows to leave out at the end.</summary>
    [Range(0, int.MaxValue)]
    public int SkipFooter { get; set; }

    /// <summary>The text encoding (utf-8, utf-16, latin1, ascii); a byte order mark at the start of the file wins.</summary>
    public string Encoding { get; set; } = "utf-8";

    /// <inheritdoc/>
    public override bool IsTable => true;

    /// <inheritdoc/>
    public override int Recognize(DataFile file)
    {
        string ending = Path.GetExtension(file.PlainName);
        if (ending is ".csv" or ".tsv" or ".tab" or ".data") return 2;
        ReadOnlySpan<byte> start = file.Start.Span;
        return ending is ".txt" or "" or ".dat" && start.IndexOf((byte)0) < 0 && start.IndexOfAny(",;\t|"u8) >= 0 ? 1 : 0;
    }

    /// <inheritdoc/>
    public override Dataset Read(ImportRequest request)
    {
        TableBuilder? table = null;
        bool header = ReadRows(request, names =>
        {
            table = new TableBuilder(request.Name, names, request.Table, $"{Path.GetFileName(request.Path)}, line");
            return (table.Used, table.Add);
        });
        if (table!.Count == 0 && table.Dropped == 0)
            throw new ExperimentException("EmptyDataset", ErrorKind.InvalidData, $"The file '{request.Path}' has no rows of data{(header ? ", only a header" : "")}.", request.Path);
        if (table.Dropped > 0) request.Warn?.Invoke($"{Path.GetFileName(request.Path)}: {table.Dropped} row(s) with missing values were left out.");
        return table.Build();
    }

    /// <inheritdoc/>
    public override IReadOnlyList<string> ReadColumns(string path)
    {
        string[] names = [];
        ReadRows(new ImportRequest(path, "", new TableOptions()), found =>
        {
            names = found;
            return null;
        });
        return names;
    }

    /// <summary>Reads all rows as a stream.</summary>
    /// <param name="request">The file, and how to report.</param>
    /// <param name="begin">Given the names of the columns, says which of them are wanted and what to do with each row and its line; null to stop there.</param>
    /// <returns>Whether the first row was a header.</returns>
    internal bool ReadRows(ImportRequest request, Func<string[], (IReadOnlyList<int> Used, Action<object?[], long> Add)?> begin)
    {
        if (HasHeader && (NoHeader || Header.Length > 0))
            throw new ExperimentException("InvalidParameterValue", ErrorKind.InvalidArgument,
                "HasHeader says that the first row is a header, NoHeader and Header say that it is not.", "HasHeader");
        DataFile file = DataFile.Inspect(request.Path);
        string shown = Path.GetFileName(request.Path);
        long line = 0;
        try
        {
            using StreamReader reader = OpenText(file, request.Path);
            string delimiter = Delimiter ?? FindDelimiter(file, request.Path);
            for (int i = 0; i < SkipHeader; i++) reader.ReadLine();
            using var parser = new CsvParser(reader, Configure(delimiter, shown, () => line), leaveOpen: true);
            return ReadRows(parser, request, shown, delimiter, begin, l => line = l);
        }
        catch (DecoderFallbackException e)
        {
            throw new ExperimentException("WrongEncoding", ErrorKind.InvalidData,
                $"{shown}, line {FindWrongLine(file, line)}: the text is not {Encoding}. Name the encoding, for example -Encoding latin1; a file of several encodings must be put right first.", request.Path, e);
        }
        catch (InvalidDataException e)
        {
            throw DataFile.Damaged(request.Path, e);
        }
    }

    private bool ReadRows(CsvParser parser, ImportRequest request, string shown, string delimiter,
        Func<string[], (IReadOnlyList<int> Used, Action<object?[], long> Add)?> begin, Action<long> atLine)
    {
        if (!parser.Read()) throw new ExperimentException("EmptyFile", ErrorKind.InvalidData, $"The file '{request.Path}' has no rows.", request.Path);
        string[] first = parser.Record!;
        bool isData = Header.Length > 0 || NoHeader || (!HasHeader && !CsvDialect.LooksLikeHeader(first));
        string[] names = Names(first, isData, shown);
        if (begin(names) is not (var used, var add)) return !isData;
        var held = new Queue<(object?[] Cells, long Line)>();
        object?[] cells = new object?[names.Length];
        for (bool more = isData || parser.Read(); more; more = parser.Read())
        {
            long line = SkipHeader + parser.RawRow;
            atLine(line);
            if ((line & 0xFFF) == 0) request.Cancellation.ThrowIfCancellationRequested();
            if (SkipFooter > 0) cells = new object?[names.Length];
            bool ragged = parser.Count != names.Length;
            if (!ragged)
                foreach (int c in used) cells[c] = parser[c];
            if (SkipFooter == 0)
            {
                if (ragged) throw Ragged(shown, line, parser.Count, names.Length, delimiter);
                add(cells, line);
                continue;
            }
            // A footer often has other columns: a row counts only once it is known not to belong to it.
            held.Enqueue((ragged ? new object?[parser.Count] : cells, line));
            if (held.Count <= SkipFooter) continue;
            (object?[] old, long oldLine) = held.Dequeue();
            if (old.Length != names.Length) throw Ragged(shown, oldLine, old.Length, names.Length, delimiter);
            add(old, oldLine);
        }
        return !isData;
    }

    /// <summary>
    /// The line that cannot be decoded. The reader decodes ahead of the rows, so the file is read again as bytes; of an encoding
    /// whose line ends are not single bytes, only the row before is known.
    /// </summary>
    private long FindWrongLine(DataFile file, long after)
    {
        Encoding encoding = System.Text.Encoding.GetEncoding(Encoding, EncoderFallback.ExceptionFallback, DecoderFallback.ExceptionFallback);
        if (!encoding.IsSingleByte && encoding.WebName != "utf-8") return after + 1;
        using Stream stream = file.Open();
        byte[] buffer = new byte[1 << 16];
        var rest = new List<byte>();
        long line = 1;
        for (int count; (count = stream.Read(buffer)) > 0; )
        {
            for (int start = 0; start < count; )
            {
                int end = Array.IndexOf(buffer, (byte)'\n', start, count - start), stop = end < 0 ? count : end;
                rest.AddRange(buffer.AsSpan(start, stop - start));
                start = stop + 1;
                if (end < 0) break;
                if (!Decodes(encoding, rest)) return line;
                rest.Clear();
                line++;
            }
        }
        return line;
    }

    private static bool Decodes(Encoding encoding, List<byte> bytes)
    {
        try
        {
            encoding.GetCharCount(System.Runtime.InteropServices.CollectionsMarshal.AsSpan(bytes));
            return true;
        }
        catch (DecoderFallbackException)
        {
            return false;
        }
    }

    private string[] Names(string[] first, bool isData, string shown)
    {
        if (Header.Length > 0 && Header.Length != first.Length)
            throw new ExperimentException("HeaderMismatch", ErrorKind.InvalidArgument,
                $"{shown} has {first.Length} columns, but -Header names {Header.Length}.", Header);
        return Header.Length > 0 ? Header
            : [.. first.Select((text, i) => isData || string.IsNullOrWhiteSpace(text) ? $"Column{i + 1}" : text.Trim())];
    }

    private CsvConfiguration Configure(string delimiter, string shown, Func<long> line) => new(CultureInfo.InvariantCulture)
    {
        Delimiter = delimiter,
        AllowComments = Comment is not null,
        Comment = Comment is { Length: 1 } ? Comment[0] : '#',
        TrimOptions = TrimOptions.Trim,
        IgnoreBlankLines = true,
        BufferSize = 1 << 16,
        BadDataFound = bad => throw new ExperimentException("BadQuote", ErrorKind.InvalidData,
            $"{shown}, after line {line()}: a quotation mark stands in the middle of a cell or is never closed: {TableErrors.Shorten(bad.Field)}", bad.Field),
    };

    private StreamReader OpenText(DataFile file, string path)
    {
        if (Comment is { Length: not 1 })
            throw new ExperimentException("InvalidParameterValue", ErrorKind.InvalidArgument, $"The comment sign is one character, not '{Comment}'.", Comment);
        Encoding encoding;
        try
        {
            encoding = System.Text.Encoding.GetEncoding(Encoding, EncoderFallback.ExceptionFallback, DecoderFallback.ExceptionFallback);
        }
        catch (ArgumentException e)
        {
            throw new ExperimentException("UnknownEncoding", ErrorKind.InvalidArgument,
                $"There is no text encoding '{Encoding}' here; known are utf-8, utf-16, utf-32, latin1 and ascii.", Encoding, e);
        }
        ReadOnlySpan<byte> start = file.Start.Span;
        bool wide = start.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xFE]) || start.StartsWith((ReadOnlySpan<byte>)[0xFE, 0xFF]) || !encoding.IsSingleByte && encoding.WebName != "utf-8";
        if (!wide && start.IndexOf((byte)0) >= 0)
            throw new ExperimentException("NotText", ErrorKind.InvalidData,
                $"'{path}' is no text file: it contains zero bytes. If it is UTF-16 without a byte order mark, use -Encoding utf-16.", path);
        return new StreamReader(file.Open(), encoding, detectEncodingFromByteOrderMarks: true, 1 << 16);
    }

    private string FindDelimiter(DataFile file, string path)
    {
        if (Path.GetExtension(file.PlainName) is ".tsv" or ".tab") return "\t";
        using StreamReader reader = OpenText(file, path);
        var lines = new List<string>();
        for (int i = 0; i < SkipHeader; i++) reader.ReadLine();
        while (lines.Count < 50 && reader.ReadLine() is { } text) lines.Add(text);
        return CsvDialect.FindDelimiter(lines, Comment).ToString();
    }

    private static ExperimentException Ragged(string shown, long line, int found, int expected, string delimiter) =>
        new("RaggedRow", ErrorKind.InvalidData,
            $"{shown}, line {line}: the row has {found} cell(s), but the first has {expected} (separated by '{(delimiter == "\t" ? "tab" : delimiter)}').", line);
}
