using System.Globalization;
using DLExperiments.Sweeps.Running;

namespace DLExperiments.Sweeps.Launchers;

/// <summary>The one place where it is chosen where trials run, by what they are and how quickly the first one makes its steps. Results are the same whichever way.</summary>
public static class LauncherChoice
{
    // A worker process costs about a second to start and to load libtorch: of a trial that takes this long that is little, and a crash or a want of memory then costs one trial instead of all.
    private static readonly TimeSpan LongTrial = TimeSpan.FromSeconds(20);

    /// <summary>Chooses.</summary>
    /// <param name="trials">What is known of the trials.</param>
    /// <param name="workers">How many run at once.</param>
    /// <param name="pace">How quickly a trial makes its steps; null as long as none has made any.</param>
    public static LauncherDecision Decide(TrialNature trials, int workers, StepPace? pace)
    {
        if (trials.Uses is { } used) return Threads($"the trials use {used}, which other processes do not have");
        if (trials.Changes is { } changed) return Processes($"{changed}, which all trials of a process would see");
        if (workers == 1) return Threads("one trial runs at a time");
        if (pace?.Engine is not { } engine || pace.TrainingTime is not { } time) return Threads("nothing has to start for a trial");
        if (engine == "Fused") return Threads("the Fused engine trains them, side by side in one process");
        string length = string.Create(CultureInfo.InvariantCulture, $"a training with {engine} takes about {time.TotalSeconds:G2} s");
        return time >= LongTrial ? Processes($"{length}, beside which the start of a process is little") : Threads($"{length}, too little to start processes for");
    }

    private static LauncherDecision Threads(string why) => new("Threads", $"Threads: {why}.");

    private static LauncherDecision Processes(string why) => new("Processes", $"Processes: {why}.");
}
