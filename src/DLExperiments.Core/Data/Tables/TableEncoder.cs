using System.Runtime.CompilerServices;
using DLExperiments.Errors;

namespace DLExperiments.Data.Tables;

/// <summary>Encodes later rows (for prediction) exactly as the rows that a model was trained on.</summary>
public static class TableEncoder
{
    private static readonly ConditionalWeakTable<TableColumn, Dictionary<string, int>> Indices = [];
    private static readonly ConditionalWeakTable<TableSchema, HashSet<string>> MissingTexts = [];

    /// <summary>Encodes the features of one row.</summary>
    /// <param name="schema">The model's schema.</param>
    /// <param name="cell">Gives the row's value in a column, or null when it has none.</param>
    /// <param name="rowNumber">The row's number in messages.</param>
    /// <returns><see cref="TableSchema.FeatureWidth"/> numbers; NaN where a value is missing and the model's own steps fill it in.</returns>
    /// <exception cref="ExperimentException">MissingValue, NonNumericCell, NonScalarCell, UnknownCategory.</exception>
    public static float[] Encode(TableSchema schema, Func<string, object?> cell, int rowNumber)
    {
        float[] row = new float[schema.FeatureWidth];
        int at = 0;
        foreach (TableColumn column in schema.Features)
        {
            Span<float> place = row.AsSpan(at, column.Width);
            Write(schema, column, cell(column.Name), rowNumber, place);
            at += column.Width;
        }
        return row;
    }

    /// <summary>The index of a class name in a target column.</summary>
    /// <param name="column">The column.</param>
    /// <param name="category">The name.</param>
    /// <returns>The index, or -1 when the column does not know the name.</returns>
    public static int IndexOf(TableColumn column, string category) =>
        Indices.GetValue(column, static c => c.Categories.Select((text, i) => (text, i)).ToDictionary(p => p.text, p => p.i, StringComparer.Ordinal))
            .GetValueOrDefault(category, -1);

    private static void Write(TableSchema schema, TableColumn column, object? value, int rowNumber, Span<float> place)
    {
        HashSet<string> missing = MissingTexts.GetValue(schema, static s => new HashSet<string>(s.MissingValues, StringComparer.OrdinalIgnoreCase));
        Cell read = Cell.From(value, missing);
        string where = $"Row {rowNumber}";
        switch (read.Kind)
        {
            case Cell.Kinds.Missing:
                if (!schema.FillsMissing)
                    throw new ExperimentException("MissingValue", ErrorKind.InvalidData,
                        $"{where}, column '{column.Name}': the value is missing, and the model was not trained to fill in missing values.", column.Name);
                place.Fill(float.NaN);
                return;
            case Cell.Kinds.Other:
                throw TableErrors.NotSingle(where, column.Name, value);
        }
        if (column.Encoding == ColumnEncoding.Number)
        {
            if (read.Kind == Cell.Kinds.Text)
                throw TableErrors.NonNumeric(where, column.Name, read.Text, "The model was trained on numbers in this column.");
            place[0] = (float)read.Number;
            return;
        }
        int index = IndexOf(column, read.Text);
        if (index < 0) throw TableErrors.UnknownCategory(where, column, read.Text);
        if (column.Encoding == ColumnEncoding.OneHot) place[index] = 1;
        else place[0] = index;
    }
}
