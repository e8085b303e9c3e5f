using System.Collections;
using System.Globalization;
using DLExperiments.Errors;

namespace DLExperiments.Metrics;

/// <summary>Numbers, one or several a row.</summary>
internal sealed record ValueTable(double[][] Actual, double[][] Predicted)
{
    /// <summary>Channels, rows and columns where the numbers are images of known size.</summary>
    internal (int Channels, int Rows, int Columns)? Image { get; init; }

    internal static ValueTable Read(IReadOnlyList<(object Actual, object Prediction, IDictionary? Probabilities)> rows)
    {
        double[][] actual = [.. rows.Select(r => Numbers(r.Actual))], predicted = [.. rows.Select(r => Numbers(r.Prediction))];
        for (int r = 0; r < actual.Length; r++)
            if (actual[r].Length != predicted[r].Length)
                throw new ExperimentException("DataShapeMismatch", ErrorKind.InvalidData, $"Row {r + 1} has {predicted[r].Length} predicted numbers, but {actual[r].Length} true ones.");
        return new ValueTable(actual, predicted);
    }

    /// <summary>A value for each number; rows have no class.</summary>
    internal IEnumerable<(double, int)> Each(Func<double, double, double> value, Func<double, bool>? where = null)
    {
        for (int r = 0; r < Actual.Length; r++)
            for (int k = 0; k < Actual[r].Length; k++)
                if (where is null || where(Actual[r][k])) yield return (value(Actual[r][k], Predicted[r][k]), -1);
    }

    /// <summary>A value for each row.</summary>
    internal IEnumerable<(double, int)> EachRow(Func<double[], double[], double> value) => Actual.Select((a, r) => (value(a, Predicted[r]), -1));

    internal ValueTable Select(int[] rows) => this with { Actual = [.. rows.Select(r => Actual[r])], Predicted = [.. rows.Select(r => Predicted[r])] };

    private static double[] Numbers(object value)
    {
        if (value is IEnumerable list and not string) return [.. list.Cast<object>().SelectMany(Numbers)];
        return value is IConvertible && double.TryParse(Convert.ToString(value, CultureInfo.InvariantCulture), NumberStyles.Float, CultureInfo.InvariantCulture, out double number)
            ? [number]
            : throw new ExperimentException("NotANumber", ErrorKind.InvalidData, $"'{value}' is not a number; this metric is for numbers.", value);
    }
}
