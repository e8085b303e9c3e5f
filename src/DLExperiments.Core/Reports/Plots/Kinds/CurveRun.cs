using System.Collections;
using DLExperiments.Errors;
using DLExperiments.Reports.Comparison;

namespace DLExperiments.Reports.Plots.Kinds;

/// <summary>One run of a learning-curve plot: its epochs and what it is called.</summary>
internal sealed class CurveRun(object owner, string? name)
{
    internal object Owner { get; } = owner;

    internal string? Name { get; set; } = name;

    internal List<object> Epochs { get; } = [];

    /// <summary>Takes runs (objects with a History) and epochs (objects with an Epoch, a new run by their Run or when it starts over).</summary>
    internal static List<CurveRun> Read(PlotData data, string kind)
    {
        var runs = new List<CurveRun>();
        CurveRun? open = null;
        double last = double.PositiveInfinity;
        foreach (object item in data.Items)
        {
            if (data.Value(item, "History") is IEnumerable history and not string)
            {
                var run = new CurveRun(item, data.Text(item, "Run") ?? data.Text(item, "Name"));
                run.Epochs.AddRange(history.Cast<object>());
                runs.Add(run);
                open = null;
                continue;
            }
            if (data.Value(item, "Epoch") is null)
                throw new ExperimentException("MissingProperty", ErrorKind.InvalidData,
                    $"{kind} draws runs (with a History) and epochs (with an Epoch); it got {item.GetType().Name} with neither.", item);
            double epoch = data.Number(item, "Epoch");
            string? name = data.Text(item, "Run");
            if (open is null || name != open.Name || (name is null && epoch <= last))
            {
                open = (name is null ? null : runs.Find(r => r.Name == name)) ?? new CurveRun(item, name);
                if (!runs.Contains(open)) runs.Add(open);
            }
            open.Epochs.Add(item);
            last = epoch;
        }
        Label(data, runs);
        return runs;
    }

    internal double[] Column(PlotData data, string name) => [.. Epochs.Select(e => data.Number(e, name))];

    // Runs without a name are called by the settings in which they differ.
    private static void Label(PlotData data, List<CurveRun> runs)
    {
        CurveRun[] unnamed = [.. runs.Where(r => r.Name is null)];
        (string[] differing, IReadOnlyDictionary<string, string>[] settings) = RunSettings.Differences(data, [.. unnamed.Select(r => r.Owner)]);
        bool seeds = unnamed.Select(r => data.Text(r.Owner, "Seed")).Distinct().Count() > 1;
        for (int i = 0; i < unnamed.Length; i++)
        {
            string[] parts = [RunSettings.Label(settings[i], differing), seeds ? Groups.Label(data, unnamed[i].Owner, "Seed") : ""];
            unnamed[i].Name = (differing.Length == 0 && !seeds) || unnamed[i].Epochs.Contains(unnamed[i].Owner) ? $"run {i + 1}" : string.Join(", ", parts.Where(p => p.Length > 0));
        }
    }
}
