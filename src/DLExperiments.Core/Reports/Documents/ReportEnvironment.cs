using System.Globalization;
using System.Runtime.InteropServices;
using DLExperiments.Native;
using DLExperiments.Training;
using DLExperiments.Training.Checkpoints;

namespace DLExperiments.Reports.Documents;

/// <summary>What computed: software and machine.</summary>
internal static class ReportEnvironment
{
    internal static IReadOnlyList<(string, string)> Describe(TrainingResult? run)
    {
        List<(string, string)> facts = [("DLExperiments", TrainingIdentity.Software)];
        if (run is not null) facts.Add(("Engine", $"{run.Engine} on {run.Device}, {run.Threads} thread(s), {run.Precision}"));
        facts.Add((".NET", Environment.Version.ToString()));
        facts.Add(("System", RuntimeInformation.OSDescription));
        facts.Add(("Processor", string.Create(CultureInfo.InvariantCulture, $"{Processor.Name()}, {Environment.ProcessorCount} threads, {Processor.Memory() / (double)(1 << 30):0.#} GiB")));
        return facts;
    }
}
