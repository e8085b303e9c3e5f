using System.Diagnostics;
using DLExperiments.Catalogues;
using DLExperiments.Data;
using DLExperiments.Errors;
using DLExperiments.Losses;
using DLExperiments.Networks;
using DLExperiments.Networks.Layers;
using DLExperiments.Training;
using DLExperiments.Training.Checkpoints;
using DLExperiments.Training.Control;
using DLExperiments.Training.Optimizers;
using DLExperiments.Training.Schedules;

namespace DLExperiments.Tests.Training;

/// <summary>A training that is interrupted and goes on ends with the same bits as one that is not, in both engines (SGD is tested in the fused one).</summary>
public sealed class ResumeTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("dlx-resume-").FullName;

    private string Checkpoints => Path.Combine(folder, "run");

    private string Curve => Path.Combine(folder, "curve.csv");

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Theory]
    [InlineData(EngineChoice.Torch)]
    [InlineData(EngineChoice.Fused)]
    public void Cancelled_anywhere_and_resumed_it_gives_the_same_bits(EngineChoice engine)
    {
        TrainingResult whole = Trainer.Train(Request(), Options() with { Engine = engine });
        Assert.Equal(StopReason.EarlyStopped, whole.StopReason); // or the test would not see early stopping go on
        Assert.True(whole.History.Select(e => e.LearningRate).Distinct().Count() > 1, "nor the schedule");
        foreach (int at in new[] { 1, 4, 5, 6, 17, (int)whole.StepsCompleted - 1 })
        {
            TrainingOptions options = Options() with { Engine = engine, Checkpoint = Checkpoints, LearningCurve = Curve, Force = true };
            TrainingResult part = Cancel(options, at);
            Assert.Equal(StopReason.Cancelled, part.StopReason);
            Assert.Equal(at, part.StepsCompleted);
            TrainingResult rest = Trainer.Resume(Checkpoints, Data());
            Same(whole, rest);
            Assert.Equal(Rows(whole), CurveRows());
        }
    }

    [Fact]
    public void Interrupted_after_every_few_steps_it_still_gives_the_same_bits()
    {
        TrainingResult whole = Trainer.Train(Request(), Options());
        TrainingOptions options = Options() with { Checkpoint = Checkpoints, LearningCurve = Curve, Resume = true };
        TrainingResult part;
        int runs = 0;
        do
        {
            part = Cancel(options, 7);
            runs++;
        }
        while (part.StopReason == StopReason.Cancelled);
        Assert.True(runs > 5);
        Same(whole, part);
        Assert.Equal(Rows(whole), CurveRows());
    }

    [Theory]
    [InlineData("NAdam")]
    [InlineData("RAdam")]
    [InlineData("LBFGS")]
    public void Optimizers_that_remember_numbers_or_much_give_the_same_bits(string optimizer)
    {
        TrainingOptions options = Options() with { Optimizer = Catalogue<Optimizer>.Default.Create(optimizer), Epochs = 4, EarlyStopping = null };
        TrainingResult whole = Trainer.Train(Request(), options);
        foreach (int at in new[] { 1, 7, 15 })
        {
            Cancel(options with { Checkpoint = Checkpoints, Force = true }, at);
            Same(whole, Trainer.Resume(Checkpoints, Data()));
        }
    }

    [Fact]
    public void LBFGS_with_batches_warns()
    {
        var listener = new Listener();
        Trainer.Train(Request(), Options() with { Optimizer = new LbfgsOptimizer(), Epochs = 1 }, [listener]);
        Assert.Contains("BatchSize 0", Assert.Single(listener.Warnings));
        listener = new Listener();
        Trainer.Train(Request(), Options() with { Optimizer = new LbfgsOptimizer(), Epochs = 1, BatchSize = 0 }, [listener]);
        Assert.Empty(listener.Warnings);
    }

    [LinuxTheory]
    [InlineData("Adam")]
    [InlineData("SGD")]
    public void Killed_twenty_times_at_random_moments_it_gives_the_same_bits(string optimizer)
    {
        TrainingResult whole = Trainer.Train(Request(), Long(optimizer));
        Assert.Equal(StopReason.EarlyStopped, whole.StopReason);
        string result = Path.Combine(folder, "result");
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
        using Process child = ChildProcess.Start(TrainSlowly, Checkpoints, Curve, Path.Combine(folder, "result"), "Adam");
        var clock = Stopwatch.StartNew();
        while (!Directory.Exists(Checkpoints) || Directory.GetFiles(Checkpoints, "checkpoint-*.safetensors").Length < 2)
        {
            Assert.True(clock.Elapsed < TimeSpan.FromSeconds(60) && !child.HasExited);
            Thread.Sleep(1);
        }
        Process.Start("kill", ["-TERM", child.Id.ToString()]).WaitForExit();
        child.WaitForExit();
        Assert.Equal(128 + 15, child.ExitCode);
        Assert.False(File.Exists(Path.Combine(folder, "result")));
        Same(Trainer.Train(Request(), Long("Adam")), Trainer.Resume(Checkpoints, Data()));
    }

    [Fact]
    public void A_damaged_checkpoint_is_passed_over_with_a_warning_whatever_is_wrong_with_it()
    {
        TrainingResult whole = Trainer.Train(Request(), Options());
        Cancel(Options() with { Checkpoint = Checkpoints }, 17);
        string[] files = [.. Directory.GetFiles(Checkpoints, "checkpoint-*").Order()];
        Assert.Equal(2, files.Length);
        byte[] good = File.ReadAllBytes(files[1]);
        foreach (byte[] bad in new[] { [], good[..5], good[..(good.Length / 2)], good[..^1], [.. good, 0], Flip(good, 40), Flip(good, good.Length - 9) })
        {
            File.WriteAllBytes(files[1], bad);
            File.WriteAllBytes(files[0], File.ReadAllBytes(files[0]));
            string copy = Path.Combine(folder, "copy");
            if (Directory.Exists(copy)) Directory.Delete(copy, true);
            Directory.CreateDirectory(copy);
            foreach (string file in files) File.Copy(file, Path.Combine(copy, Path.GetFileName(file)));
            var listener = new Listener();
            Same(whole, Trainer.Resume(copy, Data(), observers: [listener]));
            Assert.Contains(Path.GetFileName(files[1]), Assert.Single(listener.Warnings));
        }
        foreach (string file in files) File.WriteAllBytes(file, good[..100]);
        Assert.Equal("InvalidCheckpoint", Assert.Throws<ExperimentException>(() => Trainer.Resume(Checkpoints, Data())).ErrorId);
    }

    [Fact]
    public void Another_data_set_network_or_option_is_refused_with_the_difference_named()
    {
        Cancel(Options() with { Checkpoint = Checkpoints }, 9);
        TrainingOptions again = Options() with { Checkpoint = Checkpoints, Resume = true };

        Refused("other training data", () => Trainer.Resume(Checkpoints, TrainingData.Cut(TrainingData.Clouds(100, 3, seed: 2), 75)));
        Refused("75 rows, now 'train' with 76 rows", () => Trainer.Resume(Checkpoints, TrainingData.Cut(TrainingData.Clouds(100, 3), 76)));
        Refused("validation data", () => Trainer.Resume(Checkpoints, Data().Train!));
        Refused("outFeatures is 16 in the checkpoint, 12 now", () => Trainer.Train(TrainingRequest.New(Net(12), Data()), again));
        Refused("seed is 3 in the checkpoint, 4 now", () => Trainer.Train(Request(), again with { Seed = 4 }));
        Refused("another engine: it is \"Torch\" in the checkpoint, \"Fused\" now", () => Trainer.Train(Request(), again with { Engine = EngineChoice.Fused }));
        Refused("optimizer.type is \"Adam\" in the checkpoint, \"SGD\" now", () => Trainer.Train(Request(), again with { Optimizer = new SgdOptimizer() }));
        Refused("schedule", () => Trainer.Train(Request(), again with { Schedule = null }));
        Refused("loss", () => Trainer.Train(Request(), again with { Loss = new CrossEntropyLoss { LabelSmoothing = 0.1 } }));

        void Refused(string difference, Action action)
        {
            var e = Assert.Throws<ExperimentException>(action);
            Assert.Equal("CheckpointMismatch", e.ErrorId);
            Assert.Contains(difference, e.Message);
        }
    }

    [Fact]
    public void Another_version_is_refused()
    {
        Cancel(Options() with { Checkpoint = Checkpoints }, 9);
        string file = Directory.GetFiles(Checkpoints, "checkpoint-*").Order().Last();
        TrainingCheckpoint checkpoint = CheckpointFile.Read(file);
        checkpoint.Identity["version"] = "0.0.9";
        CheckpointFile.Write(file, checkpoint);
        var e = Assert.Throws<ExperimentException>(() => Trainer.Resume(Checkpoints, Data()));
        Assert.Equal("CheckpointVersion", e.ErrorId);
        Assert.Contains("0.0.9", e.Message);
    }

    [Fact]
    public void A_training_that_had_ended_gives_its_result_again_and_goes_on_to_more_epochs()
    {
        TrainingOptions options = Options() with { EarlyStopping = null, Epochs = 4 };
        TrainingResult first = Trainer.Train(Request(), options with { Checkpoint = Checkpoints, LearningCurve = Curve });
        Same(first, Trainer.Resume(Checkpoints, Data()));
        TrainingResult whole = Trainer.Train(Request(), options with { Epochs = 7 });
        Same(whole, Trainer.Resume(Checkpoints, Data(), change: o => o with { Epochs = 7 }));
        Assert.Equal(Rows(whole), CurveRows());
    }

    [Fact]
    public void The_curve_is_cut_back_to_the_checkpoint()
    {
        Cancel(Options() with { Checkpoint = Checkpoints, LearningCurve = Curve }, 12);
        File.AppendAllText(Curve, "3,0.1,0.2,0.3,0.4,0.5,15,75,0.1,0.2,300,2020-01-01T00:00:00Z\n4,0.1"); // as if killed after a later epoch
        TrainingResult rest = Trainer.Resume(Checkpoints, Data());
        Assert.Equal(Rows(rest), CurveRows());
        File.Delete(Curve);
        Trainer.Resume(Checkpoints, Data());
        Assert.Equal(Rows(rest), CurveRows());
    }

    [Fact]
    public void A_folder_with_checkpoints_is_not_overwritten_nor_shared()
    {
        Cancel(Options() with { Checkpoint = Checkpoints }, 9);
        Assert.Equal("CheckpointExists", Assert.Throws<ExperimentException>(() => Trainer.Train(Request(), Options() with { Checkpoint = Checkpoints })).ErrorId);
        string second = "";
        Trainer.Train(Request(), Options() with { Epochs = 1, Checkpoint = Checkpoints, Force = true }, [new Listener(p =>
        {
            if (p.Step == 1) second = Assert.Throws<ExperimentException>(() => Trainer.Resume(Checkpoints, Data())).ErrorId;
        })]);
        Assert.Equal("CheckpointInUse", second);
        Assert.Equal("NoCheckpoint", Assert.Throws<ExperimentException>(() => Trainer.Resume(folder, Data())).ErrorId);
        Assert.Equal("FolderNotFound", Assert.Throws<ExperimentException>(() => Trainer.Resume(Path.Combine(folder, "none"), Data())).ErrorId);
    }

    [Theory]
    [InlineData("5", "5 epochs")]
    [InlineData("2 epochs", "2 epochs")]
    [InlineData("500 steps", "500 steps")]
    [InlineData("30 s", "00:00:30")]
    [InlineData("1.5 min", "00:01:30")]
    [InlineData("00:10:00", "00:10:00")]
    [InlineData("default", "default")]
    public void Intervals_are_read_and_written(string text, string expected)
    {
        Assert.Equal(expected, CheckpointInterval.Parse(text).ToString());
        Assert.Equal(CheckpointInterval.Parse(text), CheckpointInterval.Parse(expected));
    }

    [Theory]
    [InlineData("")]
    [InlineData("0")]
    [InlineData("-1")]
    [InlineData("1.5")]
    [InlineData("often")]
    [InlineData("3 apples")]
    public void Bad_intervals_are_refused(string text) =>
        Assert.Equal("InvalidCheckpointInterval", Assert.Throws<ExperimentException>(() => CheckpointInterval.Parse(text)).ErrorId);

    /// <summary>What the killed process does: trains with a checkpoint after every step, or goes on.</summary>
    private static void TrainSlowly(string checkpoints, string curve, string result, string optimizer)
    {
        TrainingResult run = Trainer.Train(Request(), Long(optimizer) with { Checkpoint = checkpoints, LearningCurve = curve, Resume = true, CheckpointEvery = CheckpointInterval.OfSteps(1) });
        if (run.StopReason != StopReason.Cancelled) File.WriteAllText(result, "done");
    }

    // Enough steps to be killed in twenty times.
    private static TrainingOptions Long(string optimizer) => Options(optimizer) with { Epochs = 300, EarlyStopping = new EarlyStopping { Patience = 50 } };

    private static Dataset Data() => TrainingData.Cut(TrainingData.Clouds(100, 3), 75);

    private static NetworkDefinition Net(int width) => NetworkDefinition.Create(new Shape(2))
        .Add(new LinearLayer { OutFeatures = width }).Add(new BatchNorm1dLayer()).Add(new ReLULayer()).Add(new DropoutLayer { P = 0.4 })
        .Add(new LinearLayer { OutFeatures = 3 });

    private static TrainingRequest Request() => TrainingRequest.New(Net(16), Data());

    private static TrainingOptions Options(string optimizer = "Adam") => new()
    {
        Engine = optimizer == "SGD" ? EngineChoice.Fused : EngineChoice.Torch,
        Epochs = 60, BatchSize = 16, Seed = 3, LearningRate = 0.05, CheckpointEvery = new CheckpointInterval(1),
        Optimizer = optimizer == "SGD" ? new SgdOptimizer { Momentum = 0.9 } : new AdamOptimizer(),
        Schedule = new PlateauSchedule { Patience = 2, Factor = 0.5 },
        EarlyStopping = new EarlyStopping { Metric = "ValidationLoss", Patience = 8 },
    };

    private static TrainingResult Cancel(TrainingOptions options, int afterSteps)
    {
        using var source = new CancellationTokenSource();
        int made = 0;
        return Trainer.Train(Request(), options, [new Listener(_ => { if (++made == afterSteps) source.Cancel(); })], source.Token);
    }

    private static byte[] Flip(byte[] bytes, int at)
    {
        byte[] copy = [.. bytes];
        copy[at] ^= 1;
        return copy;
    }

    private static void Same(TrainingResult expected, TrainingResult actual)
    {
        Assert.Equal(expected.StepsCompleted, actual.StepsCompleted);
        Assert.Equal(expected.StopReason, actual.StopReason);
        Assert.Equal(expected.BestEpoch, actual.BestEpoch);
        Assert.Equal(expected.RestoredEpoch, actual.RestoredEpoch);
        Assert.Equal(Rows(expected), Rows(actual));
        foreach (WeightTensor tensor in expected.Model.Weights.Tensors)
            Assert.Equal(tensor.Values.Select(BitConverter.SingleToUInt32Bits), actual.Model.Weights[tensor.Name].Values.Select(BitConverter.SingleToUInt32Bits));
    }

    /// <summary>The columns of the curve that are not times.</summary>
    private static string[] Rows(TrainingResult run) => [.. run.History.Select(e => FormattableString.Invariant(
        $"{e.Epoch},{e.TrainingLoss},{e.TrainingAccuracy},{e.ValidationLoss},{e.ValidationAccuracy},{e.LearningRate},{e.Step},{e.SampleCount}"))];

    private string[] CurveRows() => [.. File.ReadAllLines(Curve).Skip(1).Select(l => string.Join(',', l.Split(',').Take(8)))];

    private sealed class Listener(Action<TrainingProgress>? onStep = null) : ITrainingObserver
    {
        public List<string> Warnings { get; } = [];

        public void OnStep(TrainingProgress progress) => onStep?.Invoke(progress);

        public void OnEpoch(EpochResult epoch)
        {
        }

        public void OnWarning(string message) => Warnings.Add(message);
    }
}
