using System.Globalization;
using DLExperiments.Errors;

namespace DLExperiments.Data.Tables;

/// <summary>The errors of table cells, worded once: each names the place, the column and the way out.</summary>
internal static class TableErrors
{
    internal static ExperimentException Missing(string place, string column, bool target, bool weight = false) =>
        new("MissingValue", ErrorKind.InvalidData,
            $"{place}, column '{column}': the value is missing. "
            + (weight
                ? "It is the sample weight (-SampleWeight), a number of 0 or more: give the row one, 0 to leave it out, or leave such rows out with -Missing Drop."
                : target
                ? "A target cannot be made up: leave such rows out with -Missing Drop."
                : "Fill it with -Missing Mean, Median, MostFrequent or Constant, leave such rows out with -Missing Drop, or leave the column out."), column);

    internal static ExperimentException NonNumeric(string place, string column, string value, string ways) =>
        new("NonNumericCell", ErrorKind.InvalidData, $"{place}, column '{column}': '{Shorten(value)}' is not a number{Why(value)}. {ways}", value);

    internal static ExperimentException MostlyNumeric(string place, string column, string value, long numeric, long present) =>
        NonNumeric(place, column, value,
            $"{numeric} of the {present} values of this column are numbers. Correct the cell, count the text as missing (-MissingValue '{Shorten(value)}' with a choice of -Missing), or read the column as categories (-Text '{column}').");

    internal static ExperimentException NotSingle(string place, string column, object? value) =>
        new("NonScalarCell", ErrorKind.InvalidData,
            $"{place}, column '{column}': the value is a list ({value?.GetType().Name}); a cell is a single number or text. Leave the column out or spread it over several columns.", column);

    internal static ExperimentException TooMany(string column, int limit, string ways) =>
        new("TooManyCategories", ErrorKind.InvalidData,
            $"Column '{column}' has more than {limit.ToString("N0", CultureInfo.InvariantCulture)} different texts, too many for categories. {ways}", column);

    internal static ExperimentException UnknownCategory(string place, TableColumn column, string text) =>
        new("UnknownCategory", ErrorKind.InvalidData,
            $"{place}, column '{column.Name}': '{Shorten(text)}' did not occur in the data that the schema was made of; it knows {Known(column)}.", text);

    private static string Known(TableColumn column) =>
        string.Join(", ", column.Categories.Take(20).Select(c => $"'{c}'")) + (column.Categories.Length > 20 ? $" and {column.Categories.Length - 20} more" : "");

    internal static string Shorten(string text) => text.Length <= 60 ? text : text[..57] + "...";

    private static string Why(string value) =>
        double.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out _) ? " that float32 can hold"
        : double.TryParse(value.Replace(',', '.'), NumberStyles.Float, CultureInfo.InvariantCulture, out _) ? " (the decimal sign is a point)"
        : "";
}
