using System.Globalization;

namespace DLExperiments.Training.Curves;

/// <summary>Learning curves that other software wrote, under this software's names.</summary>
internal static class ForeignCurve
{
    private static readonly string[] Accuracies = ["acc", "accuracy", "binary_accuracy", "categorical_accuracy", "sparse_categorical_accuracy"];

    /// <summary>Keras CSVLogger: epoch from 0, loss, val_loss, metrics and val_ metrics; what is not known is NA.</summary>
    internal static LearningCurve ReadKeras(string path, string[] header, List<string[]> rows)
    {
        int epoch = Array.FindIndex(header, h => h.Equals("epoch", StringComparison.OrdinalIgnoreCase));
        int[] others = [.. Enumerable.Range(0, header.Length).Where(c => c != epoch)];
        string[] columns = ["Epoch", .. others.Select(c => IsRate(header[c]) ? "LearningRate"
            : header[c].StartsWith("val_", StringComparison.Ordinal) ? "Validation" + Metric(header[c][4..]) : "Training" + Metric(header[c]))];
        return new LearningCurve(path, "Keras", columns, [.. rows.Select((row, r) => new object?[] { (int)(LearningCurveReader.ReadNumber(path, r + 2, "epoch", row[epoch]) ?? r) + 1 }
            .Concat(others.Select(c => (object?)LearningCurveReader.ReadNumber(path, r + 2, header[c], row[c]))).ToArray())]);
    }

    /// <summary>
    /// Lightning CSVLogger: several sparse rows for each epoch, from 0. Values of an epoch are averaged where it has several (a training
    /// loss logged every so many steps); x_epoch, where it is there, stands for x and x_step is left out.
    /// </summary>
    internal static LearningCurve ReadLightning(string path, string[] header, List<string[]> rows)
    {
        int epoch = Array.IndexOf(header, "epoch"), step = Array.IndexOf(header, "step");
        int[] others = [.. Enumerable.Range(0, header.Length).Where(c => c != epoch && c != step
            && !(header[c].EndsWith("_step", StringComparison.Ordinal) && header.Contains(header[c][..^5] + "_epoch")))];
        var epochs = new SortedDictionary<int, List<(int Line, string[] Row)>>();
        for (int r = 0; r < rows.Count; r++)
        {
            // Rows of a learning-rate monitor have no epoch of their own; they belong to none.
            if (LearningCurveReader.ReadNumber(path, r + 2, "epoch", rows[r][epoch]) is not { } number) continue;
            if (!epochs.TryGetValue((int)number, out List<(int, string[])>? list)) epochs[(int)number] = list = [];
            list.Add((r + 2, rows[r]));
        }
        string[] columns = ["Epoch", .. others.Select(c => Name(header[c])), "Step"];
        return new LearningCurve(path, "Lightning", columns, [.. epochs.Select(e => new object?[] { e.Key + 1 }
            .Concat(others.Select(c => (object?)Mean(path, header[c], c, e.Value)))
            .Append(e.Value.Select(v => LearningCurveReader.ReadNumber(path, v.Line, "step", v.Row[step])).Max() is { } last ? (long)last + 1 : null).ToArray())]);
    }

    private static double? Mean(string path, string name, int column, List<(int Line, string[] Row)> rows)
    {
        double[] values = [.. rows.Select(r => LearningCurveReader.ReadNumber(path, r.Line, name, r.Row[column])).OfType<double>()];
        return values.Length == 0 ? null : values.Average();
    }

    private static string Name(string column)
    {
        string name = column.EndsWith("_epoch", StringComparison.Ordinal) ? column[..^6] : column.EndsWith("_step", StringComparison.Ordinal) ? column[..^5] : column;
        if (IsRate(name) || name.StartsWith("lr-", StringComparison.Ordinal)) return "LearningRate";
        foreach ((string prefix, string own) in new[] { ("train", "Training"), ("valid", "Validation"), ("val", "Validation"), ("test", "Test") })
            if (name.Length > prefix.Length + 1 && name.StartsWith(prefix, StringComparison.OrdinalIgnoreCase) && "_/-.".Contains(name[prefix.Length]))
                return own + Metric(name[(prefix.Length + 1)..]);
        return Metric(name);
    }

    private static bool IsRate(string name) => name is "lr" or "learning_rate";

    private static string Metric(string name) => Accuracies.Contains(name.ToLowerInvariant()) ? "Accuracy"
        : string.Concat(name.Split('_', '/', '-', '.', ' ').Where(p => p.Length > 0).Select(p => char.ToUpper(p[0], CultureInfo.InvariantCulture) + p[1..]));
}
