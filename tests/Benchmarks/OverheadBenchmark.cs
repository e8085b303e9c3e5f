using System.Diagnostics;
using System.Globalization;
using DLExperiments.Data;
using DLExperiments.Metrics;
using DLExperiments.Training;
using DLExperiments.Training.Checkpoints;
using DLExperiments.Training.Optimizers;

namespace DLExperiments.Benchmarks;

/// <summary>
/// What the loop costs beside the steps, in two ways: the same training with and without learning curve, a metric, a progress display and a checkpoint after every epoch, in
/// turns; and, by the clock, what passes between the steps of two epochs and within the display.
/// </summary>
internal static class OverheadBenchmark
{
    internal static void Run(int rounds, string part)
    {
        Console.WriteLine($"{Machine.Describe()}; {rounds} rounds, one thread. Epochs of the training with learning curve, F1, progress and a checkpoint after every epoch, over those of the bare training;");
        Console.WriteLine("then what passes outside of the steps, and its share of an epoch; least - median - greatest.");
        TorchCase mlp = TorchCase.Dense[5] with { Rows = 60_000, Epochs = 4 };
        foreach ((TorchCase one, EngineChoice engine) in new[]
            { (TorchCase.Images[0] with { Rows = 78 * 64, Epochs = 3 }, EngineChoice.Torch), (mlp, EngineChoice.Torch), (mlp, EngineChoice.Fused) })
            if ($"{one.Title} {engine}".Contains(part, StringComparison.OrdinalIgnoreCase)) Measure(one, engine, rounds);
    }

    private static void Measure(TorchCase one, EngineChoice engine, int rounds)
    {
        (float[] x, int[] y) = one.MakeData();
        Dataset data = one.MakeDataset(x, y);
        string folder = Directory.CreateTempSubdirectory("dlx-overhead").FullName;
        List<Outcome> watched = [], bare = [];
        for (int round = -1; round < rounds; round++)
        {
            // The first round warms up; who comes first changes.
            foreach (bool watch in round % 2 == 0 ? new[] { true, false } : [false, true])
            {
                Outcome run = Train(one with { Epochs = round < 0 ? 2 : one.Epochs }, data, engine, watch ? folder : null);
                if (round >= 0) (watch ? watched : bare).Add(run);
            }
        }
        Directory.Delete(folder, recursive: true);
        Console.WriteLine($"  {one.Title} ({engine}), {one.Rows} rows");
        Console.WriteLine($"    over bare: wall {Shares(watched.Zip(bare, (a, b) => (a.Time.Wall / b.Time.Wall) - 1))}, cpu {Shares(watched.Zip(bare, (a, b) => (a.Time.Cpu / b.Time.Cpu) - 1))}");
        foreach ((string name, List<Outcome> runs) in new[] { ("all of it", watched), ("bare", bare) })
            Console.WriteLine($"    {name,-10} epoch {Spread.Of(runs.Select(r => r.Epoch))} ms; outside of steps {Spread.Of(runs.Select(r => r.Outside))} ms = {Shares(runs.Select(r => r.Outside / r.Epoch))}");
    }

    private static Outcome Train(TorchCase one, Dataset data, EngineChoice engine, string? folder)
    {
        var clock = new StepClock();
        var between = new EpochClock();
        var display = new Display();
        TrainingResult result = Trainer.Train(TrainingRequest.New(one.MakeNetwork(), data), new TrainingOptions
        {
            Optimizer = one.Optimizer == "Adam" ? new AdamOptimizer() : new SgdOptimizer { Momentum = 0.9 }, LearningRate = one.Rate, BatchSize = one.Batch,
            Epochs = one.Epochs, Threads = 1, Engine = engine, Force = true, CheckpointEvery = new CheckpointInterval(1), Metrics = folder is null ? [] : [new F1Metric()],
            LearningCurve = folder is null ? null : Path.Combine(folder, "curve.csv"), Checkpoint = folder is null ? null : Path.Combine(folder, "checkpoints"),
        }, folder is null ? [clock, between] : [display, clock, between]);
        var time = new Timing(clock.Wall.TotalMicroseconds / clock.Steps, clock.Cpu.TotalMicroseconds / clock.Steps, result.FinalTrainingLoss!.Value, result.TrainingAccuracy!.Value);
        return new Outcome(time, between.Epoch, between.Between + (display.Spent.TotalMilliseconds / one.Epochs));
    }

    private static string Shares(IEnumerable<double> shares)
    {
        Spread spread = Spread.Of(shares);
        return string.Create(CultureInfo.InvariantCulture, $"{spread.Least:P1} - {spread.Median:P1} - {spread.Greatest:P1}");
    }

    /// <summary>One training.</summary>
    /// <param name="Time">A step, and all that is beside it.</param>
    /// <param name="Epoch">Milliseconds of an epoch.</param>
    /// <param name="Outside">Milliseconds of an epoch outside of the steps.</param>
    private sealed record Outcome(Timing Time, double Epoch, double Outside);

    /// <summary>A display that looks at the clock after every step and makes a line four times a second, as the cmdlet's does.</summary>
    private sealed class Display : ITrainingObserver
    {
        private long last = Environment.TickCount64, ticks;
        private string line = "";

        internal TimeSpan Spent => TimeSpan.FromSeconds((double)ticks / Stopwatch.Frequency);

        public void OnStep(TrainingProgress progress)
        {
            long start = Stopwatch.GetTimestamp();
            if (Environment.TickCount64 - last >= 250)
            {
                last = Environment.TickCount64;
                line = string.Create(CultureInfo.InvariantCulture, $"{progress.Epoch} {progress.TrainingLoss:G4} {progress.TrainingAccuracy:P1} {progress.SamplesPerSecond:N0} {progress.Remaining} {line.Length}");
            }
            ticks += Stopwatch.GetTimestamp() - start;
        }

        public void OnEpoch(EpochResult epoch)
        {
        }
    }
}
