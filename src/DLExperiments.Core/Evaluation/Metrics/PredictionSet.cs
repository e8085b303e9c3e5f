using System.Collections;
using System.Globalization;
using DLExperiments.Errors;

namespace DLExperiments.Evaluation.Metrics;

/// <summary>Predictions with what is true, as classes with probabilities, as numbers or as text: whatever a metric asks for.</summary>
public sealed class PredictionSet
{
    private readonly Lazy<ClassTable> classes;
    private readonly Lazy<ValueTable> values;

    /// <summary>Collects predictions.</summary>
    /// <param name="rows">What is true, what was predicted, and the probability of each class by its name (or null) of each row.</param>
    /// <exception cref="ExperimentException">NoPredictions: there are none.</exception>
    public PredictionSet(IReadOnlyList<(object Actual, object Prediction, IDictionary? Probabilities)> rows)
    {
        if (rows.Count == 0) throw new ExperimentException("NoPredictions", ErrorKind.InvalidData, "There is no prediction with an Actual to measure.");
        Rows = rows;
        classes = new(() => ClassTable.Read(rows));
        values = new(() => ValueTable.Read(rows));
    }

    private PredictionSet(PredictionSet whole, int[] rows)
    {
        Rows = [.. rows.Select(r => whole.Rows[r])];
        classes = new(() => whole.Classes.Select(rows));
        values = new(() => whole.Values.Select(rows));
    }

    /// <summary>How many rows.</summary>
    public int Count => Rows.Count;

    internal IReadOnlyList<(object Actual, object Prediction, IDictionary? Probabilities)> Rows { get; }

    internal ClassTable Classes => classes.Value;

    internal ValueTable Values => values.Value;

    internal PredictionSet Select(int[] rows) => new(this, rows);
}

/// <summary>Classes as indices, and the probability of each class.</summary>
internal sealed record ClassTable(string[] Names, int[] Actual, int[] Predicted, double[][]? Probabilities)
{
    internal static ClassTable Read(IReadOnlyList<(object Actual, object Prediction, IDictionary? Probabilities)> rows)
    {
        string Text(object value) => Convert.ToString(value, CultureInfo.InvariantCulture)!;
        bool probable = rows.All(r => r.Probabilities is not null);
        // With probabilities the classes and their order are the model's; without, those that occur.
        List<string> names = probable ? [.. rows[0].Probabilities!.Keys.Cast<object>().Select(Text)] : [];
        if (!probable) names.AddRange(rows.SelectMany(r => new[] { Text(r.Actual), Text(r.Prediction) }).Distinct().Order(StringComparer.Ordinal));
        var places = names.Select((n, i) => (n, i)).ToDictionary(p => p.n, p => p.i);
        int Place(object value) => places.TryGetValue(Text(value), out int place) ? place
            : throw new ExperimentException("UnknownClass", ErrorKind.InvalidData, $"'{value}' is none of the classes that have probabilities: {string.Join(", ", names.Take(20))}.", value);
        return new ClassTable([.. names], [.. rows.Select(r => Place(r.Actual))], [.. rows.Select(r => Place(r.Prediction))],
            probable ? [.. rows.Select(r => names.Select(n => Probability(r.Probabilities!, n)).ToArray())] : null);
    }

    internal double[][] NeedProbabilities(string metric) => Probabilities ?? throw new ExperimentException("MissingProbabilities", ErrorKind.InvalidData,
        $"{metric} needs the probability of each class (Probabilities), which the predictions do not have.");

    internal ConfusionMatrix ToConfusionMatrix()
    {
        var matrix = new ConfusionMatrix(Names);
        for (int r = 0; r < Actual.Length; r++) matrix.Add(Actual[r], Predicted[r]);
        return matrix;
    }

    internal ClassTable Select(int[] rows) => new(Names, [.. rows.Select(r => Actual[r])], [.. rows.Select(r => Predicted[r])],
        Probabilities is null ? null : [.. rows.Select(r => Probabilities[r])]);

    private static double Probability(IDictionary table, string name)
    {
        object? value = table[name];
        if (value is null)
            foreach (object key in table.Keys)
                if (Convert.ToString(key, CultureInfo.InvariantCulture) == name) value = table[key];
        return value is null ? 0 : Convert.ToDouble(value, CultureInfo.InvariantCulture);
    }
}

/// <summary>Numbers, one or several a row.</summary>
internal sealed record ValueTable(double[][] Actual, double[][] Predicted)
{
    internal static ValueTable Read(IReadOnlyList<(object Actual, object Prediction, IDictionary? Probabilities)> rows)
    {
        double[][] actual = [.. rows.Select(r => Numbers(r.Actual))], predicted = [.. rows.Select(r => Numbers(r.Prediction))];
        for (int r = 0; r < actual.Length; r++)
            if (actual[r].Length != predicted[r].Length)
                throw new ExperimentException("DataShapeMismatch", ErrorKind.InvalidData, $"Row {r + 1} has {predicted[r].Length} predicted numbers, but {actual[r].Length} true ones.");
        return new ValueTable(actual, predicted);
    }

    internal ValueTable Select(int[] rows) => new([.. rows.Select(r => Actual[r])], [.. rows.Select(r => Predicted[r])]);

    private static double[] Numbers(object value)
    {
        if (value is IEnumerable list and not string) return [.. list.Cast<object>().SelectMany(Numbers)];
        return value is IConvertible && double.TryParse(Convert.ToString(value, CultureInfo.InvariantCulture), NumberStyles.Float, CultureInfo.InvariantCulture, out double number)
            ? [number]
            : throw new ExperimentException("NotANumber", ErrorKind.InvalidData, $"'{value}' is not a number; this metric is for numbers.", value);
    }
}
