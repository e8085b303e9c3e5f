using System.Globalization;
using System.Text;

namespace DLExperiments.Data;

/// <summary>What a data set holds, in a few lines for people.</summary>
internal static class DatasetDescription
{
    private const int MostNames = 12;

    internal static string Of(Dataset data)
    {
        var text = new StringBuilder();
        Line(text, data.Name, $"{Number(data.Count)} rows");
        foreach (DataColumn feature in data.Features)
        {
            string columns = feature == data.Features[0] && data.Schema is { } schema ? ": " + List(schema.Features.Select(f => f.Name)) : "";
            string symbols = feature is SequenceColumn sequence ? $", {sequence.Vocabulary}" : "";
            Line(text, "  Feature", $"{feature.Name} {feature.ItemShape} {feature.ElementType}{columns}{symbols}");
        }
        // One mean says nothing of a table's different columns, nor of the numbers of symbols.
        if (data.Features[0].IsLazy) Line(text, "  Values", "in files; decoded when they are used");
        else if (data.Schema is null && data.Features[0] is not SequenceColumn)
            Line(text, "  Values", string.Create(CultureInfo.InvariantCulture, $"mean {data.Mean:0.####}, standard deviation {data.StandardDeviation:0.####}"));
        foreach (DataColumn target in data.Targets)
            Line(text, "  Target", Describe(data, target));
        if (data.Targets.Count == 0) Line(text, "  Target", "none");
        if (data.SampleWeight is { } weight) Line(text, "  Weights", $"{weight.Name} (of the training rows)");
        if (data.ClassCounts is { } counts)
            Line(text, "  Classes", List(counts.Select(c => $"{c.Class.ReplaceLineEndings("\\n")}: {Number(c.Count)}" + (counts.Count > 5 ? "" : Percent(c.Share)))));
        if (data.Transforms.Length > 0)
            Line(text, "  Steps", List(data.Transforms.Select(t => Catalogues.Catalogue<Transforms.DataStep>.Default.EntryOf(t).Name + (t is Transforms.ScalingTransform { OnTarget: true } ? " of the target" : ""))) + " (fitted on the training part)");
        if (data.Augmentations.Length > 0)
            Line(text, "  Training", List(data.Augmentations.Select(a => Catalogues.Catalogue<Transforms.DataStep>.Default.EntryOf(a).Name)) + " (fresh in every step, training rows only)");
        Line(text, "  Pieces", Pieces(data));
        return text.ToString();
    }

    private static string Describe(Dataset data, DataColumn target)
    {
        if (target is ClassColumn classes) return $"{target.Name}, one of {classes.ClassNames.Count} classes";
        if (target is BoxColumn boxes) return $"{target.Name} {target.ItemShape} {target.ElementType}: {List(boxes.ClassNames)}";
        if (target.ItemShape.Count > 0 || target.IsLazy) return $"{target.Name} {target.ItemShape} {target.ElementType}";
        (double mean, double deviation) = DatasetMoments.Of(target, data.Rows);
        return string.Create(CultureInfo.InvariantCulture, $"{target.Name} {target.ElementType}, mean {mean:0.####}, standard deviation {deviation:0.####}");
    }

    private static string Pieces(Dataset data) =>
        data.Train is null ? "none; Split-Dataset makes them"
        : data.Validation is null ? $"Train {Number(data.Train.Count)}"
        : data.Validation == data.Test ? $"Train {Number(data.Train.Count)}, Validation and Test {Number(data.Test!.Count)}"
        : $"Train {Number(data.Train.Count)}, Validation {Number(data.Validation.Count)}" + (data.Test is null ? "" : $", Test {Number(data.Test.Count)}");

    private static void Line(StringBuilder text, string label, string value) =>
        (text.Length == 0 ? text : text.AppendLine()).Append(label.StartsWith(' ') ? label.PadRight(12) : label + ": ").Append(value);

    private static string List(IEnumerable<string> items)
    {
        var all = items.ToList();
        return string.Join(", ", all.Take(MostNames)) + (all.Count > MostNames ? $", and {all.Count - MostNames} more" : "");
    }

    private static string Percent(double share) => string.Create(CultureInfo.InvariantCulture, $" ({100 * share:0.#} %)");

    private static string Number(int value) => value.ToString("N0", CultureInfo.InvariantCulture);
}
