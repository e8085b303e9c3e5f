using System.Text.Json;
using DLExperiments.Catalogues;
using DLExperiments.Data.Tables;
using DLExperiments.Errors;

namespace DLExperiments.Data.Formats;

/// <summary>
/// A table as JSON lines: one object a line, its keys the columns; read as a stream. The first object says which columns there are; a key
/// that a later one lacks is a missing value.
/// </summary>
[CatalogueEntry("JsonLines")]
public sealed class JsonLinesFormat : DataFormat
{
    /// <inheritdoc/>
    public override bool IsTable => true;

    /// <inheritdoc/>
    public override int Recognize(DataFile file) =>
        Path.GetExtension(file.PlainName) is ".jsonl" or ".ndjson" ? 3 : file.Start.Span.TrimStart(" \t\r\n\uFEFF"u8) is [(byte)'{', ..] ? 2 : 0;

    /// <inheritdoc/>
    /// <exception cref="ExperimentException">InvalidJson, RaggedRow, EmptyFile, and what tables may have.</exception>
    public override Dataset Read(ImportRequest request)
    {
        TableBuilder? table = null;
        long lines = ReadRows(request, names =>
        {
            table = new TableBuilder(request.Name, names, request.Table, $"{Path.GetFileName(request.Path)}, line");
            return (table.Used, table.Add);
        });
        if (table!.Dropped > 0) request.Warn?.Invoke($"{table.Dropped} of {lines} rows were left out because a value was missing.");
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
    /// <param name="begin">Given the keys of the first object, says what to do with each row and its line; null to stop there.</param>
    /// <returns>How many lines there were.</returns>
    internal long ReadRows(ImportRequest request, Func<string[], (IReadOnlyList<int> Used, Action<object?[], long> Add)?> begin)
    {
        string shown = Path.GetFileName(request.Path);
        using var reader = new StreamReader(DataFile.Inspect(request.Path).Open());
        Action<object?[], long>? add = null;
        string[] names = [];
        object?[] cells = [];
        long number = 0;
        try
        {
            while (reader.ReadLine() is { } line)
            {
                number++;
                if ((number & 0xFFF) == 0) request.Cancellation.ThrowIfCancellationRequested();
                if (string.IsNullOrWhiteSpace(line)) continue;
                using JsonDocument document = Parse(line, shown, number);
                if (add is null)
                {
                    names = [.. document.RootElement.EnumerateObject().Select(p => p.Name)];
                    cells = new object?[names.Length];
                    if (begin(names) is not (_, var take)) return number;
                    add = take;
                }
                Array.Clear(cells);
                foreach (JsonProperty property in document.RootElement.EnumerateObject())
                {
                    int at = Array.IndexOf(names, property.Name);
                    if (at < 0)
                        throw new ExperimentException("RaggedRow", ErrorKind.InvalidData,
                            $"{shown}, line {number}: the key '{property.Name}' is not in the first object, which has {string.Join(", ", names.Take(8).Select(n => $"'{n}'"))}.", property.Name);
                    cells[at] = Value(property.Value);
                }
                add(cells, number);
            }
        }
        catch (InvalidDataException e)
        {
            throw DataFile.Damaged(request.Path, e);
        }
        return add is not null ? number : throw new ExperimentException("EmptyFile", ErrorKind.InvalidData, $"The file '{request.Path}' has no rows.", request.Path);
    }

    private static JsonDocument Parse(string line, string shown, long number)
    {
        try
        {
            JsonDocument document = JsonDocument.Parse(line);
            if (document.RootElement.ValueKind == JsonValueKind.Object) return document;
            document.Dispose();
            throw new ExperimentException("InvalidJson", ErrorKind.InvalidData, $"{shown}, line {number}: a line must be one object, as in {{\"x\": 1}}.", line);
        }
        catch (JsonException e)
        {
            throw new ExperimentException("InvalidJson", ErrorKind.InvalidData, $"{shown}, line {number}: this is no JSON object: {e.Message}", line, e);
        }
    }

    private static object? Value(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Null => null,
        JsonValueKind.Number => value.GetDouble(),
        JsonValueKind.String => value.GetString(),
        JsonValueKind.Array => value.EnumerateArray().Select(Value).ToArray(),
        JsonValueKind.Object => new[] { value.GetRawText() },
        _ => value.GetBoolean() ? "true" : "false",
    };
}
