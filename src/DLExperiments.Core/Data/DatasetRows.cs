using DLExperiments.Data.Tables;

namespace DLExperiments.Data;

/// <summary>The rows of a data set as people know them: the columns of its table with their categories and class names, or arrays for what is no table.</summary>
public sealed class DatasetRows
{
    private const int ChunkRows = 256;

    private readonly Dataset data;
    private readonly List<Func<float[][], int, object?>> readers = [];
    private readonly List<string> names = [];

    /// <summary>Prepares to read.</summary>
    /// <param name="data">The data set, or a piece.</param>
    public DatasetRows(Dataset data)
    {
        this.data = data;
        for (int f = 0; f < data.Features.Count; f++)
        {
            if (f == 0 && data.Schema is { } schema) AddTable(schema.Features);
            else AddColumn(data.Features[f], f);
        }
        for (int t = 0; t < data.Targets.Count; t++) AddTarget(data.Targets[t], data.Features.Count + t);
    }

    /// <summary>The names of the values of a row; a name that is taken gets a number.</summary>
    public IReadOnlyList<string> Names => names;

    /// <summary>The rows, each with a value for each name: a float, a text, an array, or null where a value is missing.</summary>
    public IEnumerable<object?[]> Read()
    {
        DataColumn[] columns = [.. data.Features, .. data.Targets];
        for (int start = 0; start < data.Count; start += ChunkRows)
        {
            int[] rows = [.. Enumerable.Range(start, Math.Min(ChunkRows, data.Count - start)).Select(r => data.Rows[r])];
            float[][] values = [.. columns.Select(c => new float[rows.Length * c.ItemShape.ElementCount])];
            for (int c = 0; c < columns.Length; c++) columns[c].Read(rows, values[c]);
            for (int r = 0; r < rows.Length; r++) yield return [.. readers.Select(read => read(values, r))];
        }
    }

    private void AddTable(IReadOnlyList<TableColumn> columns)
    {
        int width = columns.Sum(c => c.Width), at = 0;
        foreach (TableColumn column in columns)
        {
            int place = at;
            at += column.Width;
            Add(column.Name, (values, row) => Decode(column, values[0].AsSpan(row * width + place, column.Width)));
        }
    }

    private void AddTarget(DataColumn column, int index)
    {
        IReadOnlyList<TableColumn> table = data.Schema?.Targets ?? [];
        // Several numbers of a table are one target; they go back to their own columns.
        if (column.ItemShape.Count == 1 && table.Count == column.ItemShape[0] && data.Targets.Count == 1)
            for (int i = 0; i < table.Count; i++)
            {
                int place = i;
                Add(table[i].Name, (values, row) => Number(values[index][row * table.Count + place]));
            }
        else AddColumn(column, index);
    }

    private void AddColumn(DataColumn column, int index)
    {
        int size = column.ItemShape.ElementCount;
        Add(column.Name, column is ClassColumn classes ? (values, row) => classes.ClassNames[(int)values[index][row]]
            : column is SequenceColumn text ? (values, row) => text.Vocabulary.Decode(values[index].AsSpan(row * size, size).ToArray().Select(v => (int)v).Where(v => v != text.Vocabulary.PaddingIndex))
            : column.ItemShape.Count == 0 ? (values, row) => Number(values[index][row])
            : (values, row) => values[index].AsSpan(row * size, size).ToArray());
    }

    private void Add(string name, Func<float[][], int, object?> reader)
    {
        string free = name;
        for (int i = 2; names.Contains(free, StringComparer.OrdinalIgnoreCase); i++) free = $"{name}{i}";
        names.Add(free);
        readers.Add(reader);
    }

    private static object? Decode(TableColumn column, ReadOnlySpan<float> values) =>
        float.IsNaN(values[0]) ? null
        : column.Encoding == ColumnEncoding.Number ? values[0]
        : column.Categories[column.Encoding == ColumnEncoding.OneHot ? values.IndexOf(1f) : (int)values[0]];

    private static object? Number(float value) => float.IsNaN(value) ? null : value;
}
