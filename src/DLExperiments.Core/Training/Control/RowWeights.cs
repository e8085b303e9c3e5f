using DLExperiments.Data;
using DLExperiments.Errors;

namespace DLExperiments.Training.Control;

/// <summary>What each training row weighs: the data set's sample weight times the class's weight, of the user and of balance.</summary>
internal static class RowWeights
{
    /// <summary>The weights, and each class's factor; both null where all rows count alike.</summary>
    /// <param name="data">The training rows.</param>
    /// <param name="classWeights">Factors by class name; classes not named have 1.</param>
    /// <param name="balance">Whether classes count alike whatever their rows.</param>
    /// <exception cref="ExperimentException">NoClasses, UnknownClass, InvalidClassWeight, InvalidSampleWeight.</exception>
    internal static (float[]? Rows, IReadOnlyDictionary<string, double>? Classes) Of(Dataset data, IReadOnlyDictionary<string, double> classWeights, bool balance)
    {
        float[]? rows = null;
        if (data.SampleWeight is { } column)
        {
            rows = new float[data.Count];
            column.Read(data.Rows, rows);
            if (Array.TrueForAll(rows, w => w == 0))
                throw new ExperimentException("InvalidSampleWeight", ErrorKind.InvalidData, $"All sample weights '{column.Name}' of '{data.Name}' are 0, so that no row counts.", column.Name);
        }
        if (!balance && classWeights.Count == 0) return (rows, null);
        if (data.Targets.FirstOrDefault(t => t is ClassColumn) is not ClassColumn classes)
            throw new ExperimentException("NoClasses", ErrorKind.InvalidOperation, $"{(balance ? "BalanceClass" : "ClassWeight")} needs a target of classes, but '{data.Name}' has none.", data.Name);
        double[] factors = Factors(data, classes, classWeights, balance);
        rows ??= [.. Enumerable.Repeat(1f, data.Count)];
        for (int i = 0; i < rows.Length; i++) rows[i] = (float)(rows[i] * factors[classes.Codes[data.Rows[i]]]);
        if (Array.TrueForAll(rows, w => w == 0))
            throw new ExperimentException("InvalidClassWeight", ErrorKind.InvalidArgument, $"With the class weights given no row of '{data.Name}' counts: all are 0 for the classes of '{classes.Name}' that occur.", classes.Name);
        return (rows, classes.ClassNames.Select((name, i) => (name, factors[i])).ToDictionary(p => p.name, p => p.Item2));
    }

    private static double[] Factors(Dataset data, ClassColumn classes, IReadOnlyDictionary<string, double> classWeights, bool balance)
    {
        double[] factors = [.. Enumerable.Repeat(1.0, classes.ClassNames.Count)];
        foreach ((string name, double weight) in classWeights)
        {
            int place = classes.ClassNames.ToList().IndexOf(name);
            if (place < 0)
                throw new ExperimentException("UnknownClass", ErrorKind.NotFound, $"ClassWeight: the target '{classes.Name}' has no class '{name}'. {NearNames.Suggest(name, classes.ClassNames)}", name);
            if (!(weight >= 0) || !double.IsFinite(weight))
                throw new ExperimentException("InvalidClassWeight", ErrorKind.InvalidArgument, FormattableString.Invariant($"The weight of the class '{name}' is {weight}; give a number of 0 or more."), name);
            factors[place] = weight;
        }
        if (!balance) return factors;
        // n/(k·nᶜ) for the k classes that have rows: their mean over the rows is 1, and all classes count alike before the user's factors.
        int[] counts = new int[factors.Length];
        foreach (int row in data.Rows) counts[classes.Codes[row]]++;
        int present = counts.Count(c => c > 0);
        for (int c = 0; c < factors.Length; c++) factors[c] *= counts[c] == 0 ? 1 : (double)data.Count / (present * (double)counts[c]);
        return factors;
    }
}
