using System.Collections;
using System.Globalization;
using DLExperiments.Errors;

namespace DLExperiments.Metrics;

/// <summary>Classes as indices, and the probability of each class.</summary>
/// <param name="Names">The classes.</param>
/// <param name="Actual">The true classes.</param>
/// <param name="Predicted">The predicted classes.</param>
/// <param name="Probabilities">The probability of each class; null when the predictions have none.</param>
/// <param name="Positions">How many entries belong to one row: 1, or one for each position of a text or pixel of an image.</param>
internal sealed record ClassTable(string[] Names, int[] Actual, int[] Predicted, double[][]? Probabilities, int Positions = 1)
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

    /// <summary>A value for each entry, with its class.</summary>
    internal IEnumerable<(double, int)> Each(Func<ClassTable, int, double> value) => Actual.Select((c, r) => (value(this, r), c));

    /// <summary>A value for each entry's probabilities and class, with the class.</summary>
    internal IEnumerable<(double, int)> EachProbable(string metric, Func<double[], int, double> value)
    {
        double[][] probabilities = NeedProbabilities(metric);
        return Actual.Select((c, r) => (value(probabilities[r], c), c));
    }

    internal ClassTable Select(int[] rows)
    {
        int[] entries = Positions == 1 ? rows : [.. rows.SelectMany(r => Enumerable.Range(r * Positions, Positions))];
        return this with
        {
            Actual = [.. entries.Select(r => Actual[r])],
            Predicted = [.. entries.Select(r => Predicted[r])],
            Probabilities = Probabilities is null ? null : [.. entries.Select(r => Probabilities[r])],
        };
    }

    private static double Probability(IDictionary table, string name)
    {
        object? value = table[name];
        if (value is null)
            foreach (object key in table.Keys)
                if (Convert.ToString(key, CultureInfo.InvariantCulture) == name) value = table[key];
        return value is null ? 0 : Convert.ToDouble(value, CultureInfo.InvariantCulture);
    }
}
