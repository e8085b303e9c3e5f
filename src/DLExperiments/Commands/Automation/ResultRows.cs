using System.Management.Automation;
using DLExperiments.Sweeps.Spaces;
using DLExperiments.Sweeps.Tables;

namespace DLExperiments.Commands.Automation;

/// <summary>What a sweep found, as plain rows for reports and CSV files: the parameters first, then the numbers.</summary>
internal static class ResultRows
{
    /// <summary>A setting over all its seeds and folds.</summary>
    internal static PSObject Of(SettingSummary setting)
    {
        PSObject row = Begin("Rank", setting.Rank, setting.Parameters);
        Add(row, setting.Metric, setting.Mean);
        if (setting.Count > 1)
        {
            Add(row, "Standard deviation", setting.StandardDeviation);
            Add(row, "Low", setting.Low);
            Add(row, "High", setting.High);
            Add(row, "p", setting.PValue);
        }
        Add(row, "Runs", setting.Count);
        return row;
    }

    /// <summary>An outer fold of a nested cross-validation.</summary>
    internal static PSObject Of(NestedEstimate estimate, NestedFold fold)
    {
        PSObject row = Begin("Outer fold", fold.Fold, fold.Parameters);
        Add(row, estimate.Metric, fold.Value);
        Add(row, "Selected", fold.Selected);
        return row;
    }

    private static PSObject Begin(string name, object value, Setting parameters)
    {
        var row = new PSObject();
        Add(row, name, value);
        foreach ((string parameter, object? setting) in parameters.Columns) Add(row, parameter, setting);
        return row;
    }

    private static void Add(PSObject row, string name, object? value) => row.Properties.Add(new PSNoteProperty(name, value));
}
