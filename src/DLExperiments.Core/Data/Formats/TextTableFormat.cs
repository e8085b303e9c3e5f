using System.Globalization;
using DLExperiments.Catalogues;
using DLExperiments.Data.Tables;
using DLExperiments.Errors;

namespace DLExperiments.Data.Formats;

/// <summary>
/// A CSV file, or JSON lines, with a column of texts and, where they are known, one of classes: each text is a row of symbols' numbers of one length.
/// Chosen when -TextColumn is given, or by -Format TextTable.
/// </summary>
[CatalogueEntry("TextTable")]
public sealed class TextTableFormat : TextRowsFormat
{
    /// <summary>The column of texts: a name or a place (0 the first, -1 the last).</summary>
    public string TextColumn { get; set; } = "0";

    /// <summary>The column of classes: a name or a place; none for texts to predict on.</summary>
    public string? LabelColumn { get; set; }

    /// <inheritdoc/>
    public override int Recognize(DataFile file) => new CsvFormat().Recognize(file) > 0 || new JsonLinesFormat().Recognize(file) > 0 ? 1 : 0;

    /// <inheritdoc/>
    /// <exception cref="ExperimentException">UnknownColumn, MissingValue, EmptyDataset, InvalidParameterValue, UnknownSymbol, and what CSV files may have.</exception>
    public override Dataset Read(ImportRequest request)
    {
        string shown = Path.GetFileName(request.Path);
        var texts = new List<string>();
        var labels = new List<string>();
        var lines = new List<long>();
        if (new JsonLinesFormat().Recognize(DataFile.Inspect(request.Path)) > 0) new JsonLinesFormat().ReadRows(request, Begin);
        else new CsvFormat().ReadRows(request, Begin);
        if (texts.Count == 0) throw new ExperimentException("EmptyDataset", ErrorKind.InvalidData, $"The file '{request.Path}' has no rows of data.", request.Path);
        return Make(texts, texts.Count, LabelColumn is null ? null : ClassColumn.Of("Label", labels), i => $"{shown}, line {lines[i]}", request);

        (IReadOnlyList<int> Used, Action<object?[], long> Add)? Begin(string[] names)
        {
            int text = ColumnSelection.Find(names, [TextColumn], "texts")[0];
            int? label = LabelColumn is null ? null : ColumnSelection.Find(names, [LabelColumn], "classes")[0];
            int[] used = [.. new[] { text, label }.OfType<int>()];
            return (used, (cells, line) =>
            {
                string Cell(int column) => Convert.ToString(cells[column], CultureInfo.InvariantCulture) is { } value && !string.IsNullOrWhiteSpace(value)
                    ? value : throw TableErrors.Missing($"{shown}, line {line}", names[column], column == label);
                texts.Add(Cell(text));
                if (label is { } place) labels.Add(Cell(place).Trim());
                lines.Add(line);
            });
        }
    }
}
