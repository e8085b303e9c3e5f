using System.Collections.Specialized;
using System.Text.Json.Nodes;
using DLExperiments.Data;
using DLExperiments.Data.Synthetic;
using DLExperiments.Evaluation.Statistics;
using DLExperiments.Sweeps;
using DLExperiments.Sweeps.Pruners;
using DLExperiments.Sweeps.Running;
using DLExperiments.Sweeps.Samplers;
using DLExperiments.Sweeps.Spaces;
using DLExperiments.Sweeps.Store;
using DLExperiments.Sweeps.Tables;
using DLExperiments.Tests.Training;
using DLExperiments.Training;
using DLExperiments.Training.Optimizers;
using Xunit.Abstractions;

namespace DLExperiments.Tests.Sweeps;

/// <summary>Sweeps of real trainings: small networks on spirals and clouds.</summary>
public sealed class SweepLearningTests(ITestOutputHelper output) : IDisposable
{
    private readonly string root = Directory.CreateTempSubdirectory("learn").FullName;
    private readonly Dataset spirals = TrainingData.Cut(new Spirals { Count = 240, Seed = 1 }.Generate(), 160);

    // Halving needs early epochs that say something, which those of spirals do not: they are flat until the arms come apart.
    private readonly Dataset clouds = TrainingData.Cut(TrainingData.Clouds(400, 4), 260);

    public void Dispose() => Directory.Delete(root, recursive: true);

    [Fact]
    public void Tpe_finds_better_trainings_than_random_points()
    {
        double[] tpe = new double[20], random = new double[20];
        for (int seed = 0; seed < 20; seed++)
        {
            tpe[seed] = Sweep(spirals, $"tpe{seed}", new TpeSampler(), null, 30, 12, seed).Best;
            random[seed] = Sweep(spirals, $"random{seed}", new RandomSampler(), null, 30, 12, seed).Best;
        }
        var difference = new SampleSummary(tpe.Zip(random, (a, b) => Math.Log(a) - Math.Log(b)));
        double t = difference.Mean / (difference.StandardDeviation / Math.Sqrt(20)), p = StudentT.Cumulative(t, 19);
        output.WriteLine($"spirals, 30 trials, 20 seeds: mean best validation loss {tpe.Average():G4} (TPE) against {random.Average():G4} (random); "
            + $"better in {tpe.Zip(random).Count(x => x.First < x.Second)} of 20; ratio of geometric means {Math.Exp(difference.Mean):G3} (95 % interval {Math.Exp(difference.Mean - difference.HalfWidth95):G3} to {Math.Exp(difference.Mean + difference.HalfWidth95):G3}); t = {t:F2}, p = {p:G2}.");
        Assert.True(p < .01, $"p = {p}");
    }

    [Fact]
    public void Halving_finds_the_best_of_a_grid_with_a_third_of_the_epochs()
    {
        (double grid, int all) = Sweep(clouds, "grid", new GridSampler { Levels = 8 }, null, 64, 27, 0);
        (double halved, int spent) = Sweep(clouds, "asha", new GridSampler { Levels = 8, Shuffle = true }, new SuccessiveHalvingPruner { MinimumEpochs = 3, ReductionFactor = 3 }, 64, 27, 0);
        output.WriteLine($"best of the grid {grid:G4} with {all} epochs; with ASHA {halved:G4} with {spent}");
        Assert.Equal(64 * 27, all);
        Assert.True(halved <= grid * 1.02, $"{halved} against {grid}");
        Assert.True(3 * spent <= all, $"{spent} of {all} epochs");
    }

    [Fact]
    public void Sharing_the_features_changes_nothing()
    {
        using var shared = new SharedData([spirals]);
        (double alone, _) = Sweep(spirals, "alone", new HaltonSampler(), null, 6, 4, 1);
        (double together, _) = Sweep(spirals, "together", new HaltonSampler(), null, 6, 4, 1, shared);
        Assert.Equal(alone, together);
    }

    [Fact]
    public void A_stopped_training_goes_on_from_its_checkpoint_as_if_nothing_had_been()
    {
        var plan = new SweepPlan
        {
            Space = SweepSpace.From(new OrderedDictionary { ["Rate"] = "1e-3, 1e-2", ["Units"] = "8, 16" }), Sampler = new GridSampler(), Points = 4, Checkpoints = true, Threads = 1,
            Objectives = [new("BestValidationLoss", SweepGoal.Auto)], Pruner = new PatiencePruner { Patience = 50 },
        };
        SweepFolder calm = SweepFolder.Create(Path.Combine(root, "calm"), plan), stopped = SweepFolder.Create(Path.Combine(root, "stopped"), plan);
        new SweepRunner(calm).Run(() => new Net(spirals, 12), default);
        using var stop = new CancellationTokenSource();
        int epochs = 0;
        new SweepRunner(stopped).Run(() => new Net(spirals, 12, () => { if (++epochs == 19) stop.Cancel(); }), stop.Token);
        Assert.Null(stopped.Read(1));
        new SweepRunner(stopped).Run(() => new Net(spirals, 12, () => epochs++), default);
        // 12 epochs of the first trial, 7 of the second before the stop, its other 5, and 24 of the rest: none twice.
        Assert.Equal(48, epochs);
        for (int i = 0; i < 4; i++)
        {
            Assert.Equal(calm.Read(i)!.Curve, stopped.Read(i)!.Curve);
            Assert.Equal(calm.Read(i)!.Values, stopped.Read(i)!.Values);
        }
    }

    private (double Best, int Epochs) Sweep(Dataset data, string name, Sampler sampler, Pruner? pruner, int points, int epochs, long seed, SharedData? shared = null)
    {
        SweepFolder folder = SweepFolder.Create(Path.Combine(root, name), new SweepPlan
        {
            Space = SweepSpace.From(new OrderedDictionary { ["Rate"] = "log 1e-4..1", ["Units"] = "int 2..48" }), Sampler = sampler, Pruner = pruner, Points = points, Seed = seed,
            Objectives = [new("BestValidationLoss", SweepGoal.Auto)], Threads = 1, Lag = 2,
        });
        new SweepRunner(folder) { Workers = 2, Shared = shared }.Run(() => new Net(data, epochs), default);
        IReadOnlyList<SweepTrial> trials = SweepTable.Read(folder);
        return (trials.Where(t => t.Value is not null).Min(t => t.Value!.Value), trials.Sum(t => t.Epochs ?? 0));
    }

    private sealed class EpochCall(Action call) : ITrainingObserver
    {
        public void OnStep(TrainingProgress progress)
        {
        }

        public void OnEpoch(EpochResult epoch) => call();
    }

    private sealed class Net(Dataset data, int epochs, Action? onEpoch = null) : TrialBody
    {
        public override JsonObject Run(TrialAssignment trial, CancellationToken cancellation)
        {
            int units = Convert.ToInt32(trial.Setting["Units"]);
            TrainingResult result = Trainer.Train(TrainingRequest.New(TrainingData.Mlp(2, data.ClassNames!.Count, units, units), data), new TrainingOptions
            {
                Optimizer = new AdamOptimizer(), LearningRate = (double)trial.Setting["Rate"]!, Epochs = epochs, BatchSize = 16, Seed = trial.Seed, Engine = EngineChoice.Fused,
            }, onEpoch is null ? [] : [new EpochCall(onEpoch)]);
            return new JsonObject { ["BestValidationLoss"] = result.BestValidationLoss };
        }
    }
}
