using System.Management.Automation;
using DLExperiments.Sweeps.Store;
using DLExperiments.Sweeps.Tables;

namespace DLExperiments.Commands.Sweeps;

/// <summary>A trial as cmdlets write it: its parameters, metrics and outputs are properties like any other, so that it sorts, groups and exports.</summary>
internal static class TrialRow
{
    internal static PSObject Of(SweepPlan plan, SweepTrial trial)
    {
        var row = new PSObject(trial);
        foreach ((string name, object? value) in trial.Columns(plan)) row.Properties.Add(new PSNoteProperty(name, value));
        return row;
    }

    /// <summary>Several rows with the same columns: one that a trial lacks is null, so that the first row tells all.</summary>
    internal static IEnumerable<PSObject> Of(SweepPlan plan, IReadOnlyList<SweepTrial> trials)
    {
        PSObject[] rows = [.. trials.Select(t => Of(plan, t))];
        string[] all = [.. trials.SelectMany(t => t.Columns(plan)).Select(c => c.Key).Distinct(StringComparer.OrdinalIgnoreCase)];
        foreach (PSObject row in rows)
            foreach (string name in all)
                if (row.Properties[name] is null) row.Properties.Add(new PSNoteProperty(name, null));
        return rows;
    }
}
