using System.Management.Automation;
using DLExperiments.Training;

namespace DLExperiments.Commands.Training;

/// <summary>
/// Lets the metrics of an epoch be properties in scripts, as they are columns of the learning curve: <c>$run.History.ValidationF1</c>. PowerShell
/// keeps such notes with the object itself, wherever it goes in the session.
/// </summary>
internal static class EpochColumns
{
    internal static void Attach(EpochResult epoch) => Attach(PSObject.AsPSObject(epoch), epoch);

    internal static void Attach(TrainingResult result)
    {
        foreach (EpochResult epoch in result.History) Attach(epoch);
        // The run has its last epoch's, as it has its accuracies.
        if (result.History is [.., var last]) Attach(PSObject.AsPSObject(result), last);
    }

    private static void Attach(PSObject target, EpochResult epoch)
    {
        foreach ((string name, double value) in epoch.MetricColumns())
            if (target.Properties[name] is null) target.Properties.Add(new PSNoteProperty(name, value));
    }
}
