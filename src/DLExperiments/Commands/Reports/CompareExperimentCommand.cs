using System.Management.Automation;
using DLExperiments.Errors;
using DLExperiments.Reports.Comparison;
using DLExperiments.Reports.Plots;

namespace DLExperiments.Commands.Reports;

/// <summary>Compares runs: groups of repeats by the settings in which they differ, with paired statistics over seeds.</summary>
/// <remarks>
/// Without -Baseline each group is compared with the first. With one, all runs together are compared with the baseline's, and a
/// metric that is worse beyond its confidence interval ends the command with the error MetricRegressed, so that a script stops with a failure.
/// </remarks>
[Cmdlet(VerbsData.Compare, "Experiment")]
[OutputType(typeof(ExperimentComparison))]
public sealed class CompareExperimentCommand : ExperimentCommand
{
    private static readonly string[] Settings = ["Dataset", "Optimizer", "Loss", "LearningRate", "BatchSize", "Epochs", "Engine", "Device", "ParameterCount"];
    private readonly List<PSObject> runs = [];

    /// <summary>The runs: results of trainings, or rows of a CSV file with their properties.</summary>
    [Parameter(Mandatory = true, ValueFromPipeline = true)]
    public PSObject InputObject { get; set; } = null!;

    /// <summary>The property that is compared.</summary>
    [Parameter(Position = 0)]
    public string Metric { get; set; } = "BestValidationLoss";

    /// <summary>The properties that make groups; by default the settings in which the runs differ. Seed pairs them.</summary>
    [Parameter]
    public string[]? By { get; set; }

    /// <summary>The runs to compare with, such as Import-Csv gives them.</summary>
    [Parameter]
    public PSObject[]? Baseline { get; set; }

    /// <summary>A higher value is better; by default it is when the metric's name says neither Loss nor Error.</summary>
    [Parameter]
    public SwitchParameter HigherIsBetter { get; set; }

    /// <inheritdoc/>
    protected override void Process() => runs.Add(InputObject);

    /// <inheritdoc/>
    protected override void End()
    {
        if (Baseline is not null)
        {
            Dictionary<string, double> stored = ReadValues(Baseline);
            var whole = new ExperimentComparison("runs", Metric, ReadValues(runs), stored);
            WriteObject(new ExperimentComparison("baseline", Metric, stored, null));
            WriteObject(whole);
            bool higher = MyInvocation.BoundParameters.ContainsKey(nameof(HigherIsBetter)) ? HigherIsBetter
                : !new[] { "Loss", "Error", "MSE", "MAE", "MAPE" }.Any(w => Metric.Contains(w, StringComparison.OrdinalIgnoreCase));
            if (whole.IsRegression(higher))
                throw new ExperimentException("MetricRegressed", ErrorKind.InvalidOperation,
                    FormattableString.Invariant($"{Metric} is worse than the baseline's: mean {whole.Mean:G6}, difference {whole.Difference:G4}{(whole.DifferenceLow is null ? "" : $" (95 % interval {whole.DifferenceLow:G4} to {whole.DifferenceHigh:G4})")}."), whole);
            return;
        }
        string[] by = By ?? [.. Settings.Where(s => runs.Select(r => Text(r, s)).Distinct().Count() > 1)];
        Dictionary<string, double>? first = null;
        foreach (IGrouping<string, PSObject> group in runs.GroupBy(r => string.Join(", ", by.Select(b => $"{b} {Text(r, b)}"))))
        {
            Dictionary<string, double> values = ReadValues([.. group]);
            WriteObject(new ExperimentComparison(group.Key, Metric, values, first));
            first ??= values;
        }
    }

    private Dictionary<string, double> ReadValues(IReadOnlyList<PSObject> group)
    {
        var values = new Dictionary<string, double>();
        for (int i = 0; i < group.Count; i++)
        {
            object? value = group[i].Properties[Metric]?.Value;
            if (value is null || !PlotData.TryNumber(value is PSObject wrapped ? wrapped.BaseObject : value, out double number) || double.IsNaN(number))
                throw new ExperimentException("MissingProperty", ErrorKind.InvalidData, $"A run has no number in {Metric}. Choose what to compare with -Metric.", group[i]);
            string seed = Text(group[i], "Seed");
            // Runs without a seed, or with one that came before, are paired by their place.
            values[seed.Length > 0 && !values.ContainsKey(seed) ? seed : $"#{i}"] = number;
        }
        return values;
    }

    private static string Text(PSObject run, string name) => Convert.ToString(run.Properties[name]?.Value, System.Globalization.CultureInfo.InvariantCulture) ?? "";
}
