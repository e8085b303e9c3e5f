using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using DLExperiments.Data;
using DLExperiments.Networks;
using DLExperiments.Training;

namespace DLExperiments.Tests.Training;

/// <summary>
/// In every phase of a training the process is killed, or told to end, at a moment that is known; it goes on to the same bits. (The moments of
/// <see cref="CrashTests"/> are drawn, and hit short phases by luck only.)
/// </summary>
public sealed class InterruptionTests : ResumeCase
{
    private const int Kill = 9, Terminate = 15, Middle = 3;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    public static TheoryData<string, string, int> Cases
    {
        get
        {
            var cases = new TheoryData<string, string, int>();
            foreach (string phase in new[] { "Begin", "Step", "Evaluation", "TornRow", "Epoch", "LastEpoch", "Checkpoint", "LastCheckpoint" })
                foreach (string optimizer in new[] { "Adam", "SGD" })
                    foreach (int signal in new[] { Kill, Terminate }) cases.Add(phase, optimizer, signal);
            return cases;
        }
    }

    [LinuxTheory]
    [MemberData(nameof(Cases))]
    public void Interrupted_in_any_phase_it_goes_on_to_the_same_bits(string phase, string optimizer, int signal)
    {
        Dataset data = DataOf(phase);
        TrainingResult whole = Trainer.Train(TrainingRequest.New(NetOf(phase), data), Short(optimizer));
        Assert.Equal(StopReason.EarlyStopped, whole.StopReason);
        Assert.True(whole.RestoredEpoch < whole.EpochsCompleted, "or early stopping would restore nothing");
        int epoch = phase.StartsWith("Last", StringComparison.Ordinal) ? whole.EpochsCompleted : Middle;
        using (Process child = ChildProcess.Start(TrainUntil, phase, optimizer, Text(signal), Text(epoch), Checkpoints, Curve))
        {
            if (phase.EndsWith("Checkpoint", StringComparison.Ordinal)) InterruptWriting(child, signal);
            child.WaitForExit();
            Assert.Equal(128 + signal, child.ExitCode);
        }
        Same(whole, Trainer.Resume(Checkpoints, data));
        Assert.Equal(Rows(whole), CurveRows());
        // Neither halves of files nor more checkpoints than are kept.
        Assert.Equal(["checkpoint", "checkpoint", "in-use"], Directory.GetFiles(Checkpoints).Select(f => Path.GetFileName(f).Split('-', '.')[0] is "in" ? "in-use" : "checkpoint").Order());
    }

    /// <summary>What the interrupted process does: it sends the signal to itself in the phase.</summary>
    private static void TrainUntil(string phase, string optimizer, string signal, string epoch, string checkpoints, string curve)
    {
        int number = int.Parse(signal, CultureInfo.InvariantCulture), at = int.Parse(epoch, CultureInfo.InvariantCulture);
        var observer = new Interrupter(phase, at, checkpoints, curve, () => Interrupt(number));
        Trainer.Train(TrainingRequest.New(NetOf(phase), DataOf(phase)), Short(optimizer) with { Checkpoint = checkpoints, LearningCurve = curve },
            phase == "Begin" ? new BeforeTheFirstStep(() => Interrupt(number)) : [observer]);
    }

    /// <summary>A checkpoint's file that stands still while it is written: a pipe that nobody reads takes the place of the file.</summary>
    private void InterruptWriting(Process child, int signal)
    {
        var clock = Stopwatch.StartNew();
        string? pipe;
        while ((pipe = Directory.Exists(Checkpoints) ? Directory.EnumerateFiles(Checkpoints, "*.tmp.*").FirstOrDefault(f => f.EndsWith(".pipe", StringComparison.Ordinal)) : null) is null)
        {
            Assert.True(clock.Elapsed < Patience && !child.HasExited, "the training did not come to its checkpoint");
            Thread.Sleep(1);
        }
        string aside = File.ReadAllText(pipe);
        string content = Path.Combine(Folder, "content");
        // The shell opens the pipe, which waits for the training to open the file; nothing is read before the signal is sent. (A FileStream would want a lock.)
        using (Process reader = Process.Start("sh", ["-c", "{ kill -$2 $3; sleep 0.05; cat; } < \"$0\" > \"$1\"", aside, content, Text(signal), Text(child.Id)]))
            reader.WaitForExit();
        child.WaitForExit();
        File.Delete(pipe);
        string written = aside[..aside.IndexOf(".tmp.", StringComparison.Ordinal)];
        Assert.Equal(signal == Terminate, File.Exists(written));
        // What went through the pipe is the file.
        if (signal == Terminate) File.Move(content, written, overwrite: true);
    }

    private static TrainingOptions Short(string optimizer) => Options(optimizer) with { Threads = 1 };

    // So wide that a pipe does not hold the whole checkpoint: it stands half written.
    private static NetworkDefinition NetOf(string phase) => Net(phase.EndsWith("Checkpoint", StringComparison.Ordinal) ? 1500 : 16);

    // So many rows that measuring them is most of the time.
    private static Dataset DataOf(string phase) => phase == "Evaluation" ? TrainingData.Cut(TrainingData.Clouds(200_075, 3), 75) : Data();

    private static void Interrupt(int signal)
    {
        SendSignal(Environment.ProcessId, signal);
        Thread.Sleep(50); // the handler runs on another thread; the training is still where it was when it has heard
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);

    private static void SendSignal(int process, int signal) => Assert.Equal(0, SendTo(process, signal));

    [DllImport("libc", EntryPoint = "kill")]
    private static extern int SendTo(int process, int signal);

    [DllImport("libc", EntryPoint = "mkfifo")]
    private static extern int MakePipe([MarshalAs(UnmanagedType.LPUTF8Str)] string path, int mode);

    private sealed class Interrupter(string phase, int epoch, string checkpoints, string curve, Action interrupt) : ITrainingObserver
    {
        public void OnStep(TrainingProgress progress)
        {
            if (progress.Epoch != epoch) return;
            if (phase == "Step" && progress.StepInEpoch == 2) interrupt();
            // The last step of the epoch is made; measuring comes next.
            if (phase == "Evaluation" && progress.StepInEpoch == progress.StepsPerEpoch) _ = Task.Delay(2).ContinueWith(_ => interrupt(), TaskScheduler.Default);
        }

        public void OnEpoch(EpochResult result)
        {
            if (result.Epoch != epoch) return;
            if (phase == "TornRow")
            {
                // What a machine without power leaves of the row that the curve has just got.
                using var file = new FileStream(curve, FileMode.Open, FileAccess.Write, FileShare.ReadWrite);
                file.SetLength(file.Length - 40);
            }
            if (phase is "TornRow" or "Epoch" or "LastEpoch") interrupt();
            if (!phase.EndsWith("Checkpoint", StringComparison.Ordinal)) return;
            string aside = Path.Combine(checkpoints, FormattableString.Invariant($"checkpoint-{result.Step:D12}.safetensors.tmp.{Environment.ProcessId}.{Environment.CurrentManagedThreadId}"));
            Assert.Equal(0, MakePipe(aside, 0x180));
            File.WriteAllText(aside + ".part", aside);
            File.Move(aside + ".part", aside + ".pipe");
        }
    }

    /// <summary>Observers are looked through for the last time when the first checkpoint and the curve's header are written and no step is made.</summary>
    private sealed class BeforeTheFirstStep(Action interrupt) : IReadOnlyList<ITrainingObserver>
    {
        public int Count => 0;

        public ITrainingObserver this[int index] => throw new ArgumentOutOfRangeException(nameof(index));

        public IEnumerator<ITrainingObserver> GetEnumerator()
        {
            interrupt();
            yield break;
        }

        System.Collections.IEnumerator System.Collections.IEnumerable.GetEnumerator() => GetEnumerator();
    }
}
