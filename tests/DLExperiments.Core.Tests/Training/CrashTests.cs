using DLExperiments.Training;
using DLExperiments.Training.Checkpoints;
using DLExperiments.Training.Control;
using System.Diagnostics;

namespace DLExperiments.Tests.Training;

/// <summary>A process that is killed or told to end loses nothing: the training goes on to the same bits.</summary>
public sealed class CrashTests : ResumeCase
{
    [LinuxTheory]
    [InlineData("Adam")]
    [InlineData("SGD")]
    public void Killed_twenty_times_at_random_moments_it_gives_the_same_bits(string optimizer)
    {
        TrainingResult whole = Trainer.Train(Request(), Long(optimizer));
        Assert.Equal(StopReason.EarlyStopped, whole.StopReason);
        string result = Path.Combine(Folder, "result");
        var random = new Random(optimizer.Length); // the moments differ anyway: they are times
        int kills = 0;
        for (int attempt = 0; !File.Exists(result); attempt++)
        {
            Assert.True(attempt < 200, "the training makes no progress");
            using Process child = ChildProcess.Start(TrainSlowly, Checkpoints, Curve, result, optimizer);
            // Start-up of the process and of libtorch is not what is to be hit: wait for a sign of the training, then a random while.
            string before = Newest();
            var clock = Stopwatch.StartNew();
            while (!child.HasExited && Newest() == before && clock.Elapsed < TimeSpan.FromSeconds(60)) Thread.Sleep(1);
            if (kills < 20 && !child.WaitForExit(random.Next(0, 20)))
            {
                child.Kill();
                kills++;
            }
            child.WaitForExit();
        }
        Assert.Equal(20, kills);
        TrainingResult rest = Trainer.Resume(Checkpoints, Data());
        Same(whole, rest);
        Assert.Equal(Rows(whole), CurveRows());
        Assert.Equal(2, Directory.GetFiles(Checkpoints, "checkpoint-*").Length);

        string Newest() => Directory.Exists(Checkpoints) ? string.Join(',', Directory.GetFiles(Checkpoints).Order()) : "";
    }

    [LinuxFact]
    public void SIGTERM_ends_the_process_after_the_checkpoint()
    {
        using Process child = ChildProcess.Start(TrainSlowly, Checkpoints, Curve, Path.Combine(Folder, "result"), "Adam");
        var clock = Stopwatch.StartNew();
        while (!Directory.Exists(Checkpoints) || Directory.GetFiles(Checkpoints, "checkpoint-*.safetensors").Length < 2)
        {
            Assert.True(clock.Elapsed < TimeSpan.FromSeconds(60) && !child.HasExited);
            Thread.Sleep(1);
        }
        Process.Start("kill", ["-TERM", child.Id.ToString()]).WaitForExit();
        child.WaitForExit();
        Assert.Equal(128 + 15, child.ExitCode);
        Assert.False(File.Exists(Path.Combine(Folder, "result")));
        Same(Trainer.Train(Request(), Long("Adam")), Trainer.Resume(Checkpoints, Data()));
    }

    /// <summary>What the killed process does: trains with a checkpoint after every step, or goes on.</summary>
    private static void TrainSlowly(string checkpoints, string curve, string result, string optimizer)
    {
        TrainingResult run = Trainer.Train(Request(), Long(optimizer) with { Checkpoint = checkpoints, LearningCurve = curve, Resume = true, CheckpointEvery = CheckpointInterval.OfSteps(1) });
        if (run.StopReason != StopReason.Cancelled) File.WriteAllText(result, "done");
    }

    // Enough steps to be killed in twenty times.
    private static TrainingOptions Long(string optimizer) => Options(optimizer) with { Epochs = 300, EarlyStopping = new EarlyStopping { Patience = 50 } };
}
