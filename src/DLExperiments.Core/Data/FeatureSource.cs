using DLExperiments.Data.Tables;
using DLExperiments.Errors;
using DLExperiments.Networks;

namespace DLExperiments.Data;

/// <summary>Where an input of a network comes from: a feature of the data, or some columns of a table.</summary>
/// <param name="Input">The input.</param>
/// <param name="Feature">The feature's place.</param>
/// <param name="Offset">Where the input's numbers begin in a row of the feature.</param>
/// <param name="IsWhole">Whether the input takes all of the feature.</param>
public sealed record FeatureSource(NetworkInput Input, int Feature, int Offset, bool IsWhole)
{
    /// <summary>
    /// Finds the source of each input: by name where all inputs have the name of a feature (or of a column of the table), else by position.
    /// </summary>
    /// <param name="inputs">The inputs that the data is to feed.</param>
    /// <param name="features">Names and shapes of the features.</param>
    /// <param name="schema">The columns of the first feature when it is a table.</param>
    /// <param name="data">What the data is called in messages.</param>
    /// <exception cref="ExperimentException">DataShapeMismatch: names, numbers or shapes do not fit; the message has both sides.</exception>
    internal static IReadOnlyList<FeatureSource> Resolve(IReadOnlyList<NetworkInput> inputs, IReadOnlyList<(string Name, Shape Shape)> features, TableSchema? schema, string data)
    {
        int[] named = [.. inputs.Select(i => IndexOf(features, i.Name))];
        if (inputs.Count == features.Count && (inputs.Count == 1 || named.All(n => n >= 0) || named.All(n => n < 0)))
        {
            bool byName = inputs.Count > 1 && named[0] >= 0;
            return [.. inputs.Select((input, i) => new FeatureSource(input, byName ? named[i] : i, 0, true))];
        }
        if (features.Count == 1 && schema is not null && schema.FeatureWidth == features[0].Shape.ElementCount) return FromTable(inputs, schema, data);
        throw Mismatch($"The network has {inputs.Count} input(s), {Names(inputs.Select(i => i.Name))}, the data set '{data}' {features.Count} feature(s): "
            + $"{Names(features.Select(f => f.Name))}. Each input takes the feature of its name; when no name is the same, they go together in their order.", data);
    }

    private static List<FeatureSource> FromTable(IReadOnlyList<NetworkInput> inputs, TableSchema schema, string data)
    {
        int[] named = [.. inputs.Select(i => schema.Features.ToList().FindIndex(c => c.Name.Equals(i.Name, StringComparison.OrdinalIgnoreCase)))];
        string columns = Names(schema.Features.Select(c => c.Name));
        if (named.All(n => n >= 0))
        {
            if (schema.Features.Where((_, i) => !named.Contains(i)).FirstOrDefault() is { } spare)
                throw Mismatch($"The column '{spare.Name}' of '{data}' goes to none of the network's inputs, {Names(inputs.Select(i => i.Name))}; leave it out with -Exclude, or give the network an input for it.", spare.Name);
            foreach ((NetworkInput input, int n) in inputs.Zip(named))
                if (input.Shape.ElementCount != schema.Features[n].Width)
                    throw Mismatch($"The network's input '{input.Name}' has the shape {input.Shape}, but the column of that name in '{data}' is {schema.Features[n].Width} number(s).", input.Name);
            return [.. inputs.Select((input, i) => new FeatureSource(input, 0, schema.Features.Take(named[i]).Sum(c => c.Width), false))];
        }
        if (Array.FindIndex(named, n => n >= 0) is >= 0 and int some)
            throw Mismatch($"The network's input '{inputs[some].Name}' is a column of '{data}', but '{inputs[Array.IndexOf(named, -1)].Name}' is not; the columns are {columns}. Name all inputs by columns, or none.", data);
        if (inputs.Sum(i => i.Shape.ElementCount) != schema.FeatureWidth)
            throw Mismatch($"The network's inputs take {string.Join(" + ", inputs.Select(i => $"{i.Shape.ElementCount} ('{i.Name}')"))} numbers, but a row of '{data}' has {schema.FeatureWidth}: {columns}.", data);
        var sources = new List<FeatureSource>();
        int at = 0;
        foreach (NetworkInput input in inputs)
        {
            sources.Add(new FeatureSource(input, 0, at, false));
            at += input.Shape.ElementCount;
        }
        return sources;
    }

    private static int IndexOf(IReadOnlyList<(string Name, Shape Shape)> features, string name)
    {
        for (int i = 0; i < features.Count; i++)
            if (features[i].Name.Equals(name, StringComparison.OrdinalIgnoreCase)) return i;
        return -1;
    }

    private static string Names(IEnumerable<string> names) => string.Join(", ", names.Take(20).Select(n => $"'{n}'"));

    private static ExperimentException Mismatch(string message, object target) => new("DataShapeMismatch", ErrorKind.InvalidOperation, message, target);
}
