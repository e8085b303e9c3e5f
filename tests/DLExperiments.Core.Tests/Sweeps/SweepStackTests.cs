using System.Collections.Specialized;
using System.Text.Json.Nodes;
using DLExperiments.Data;
using DLExperiments.Networks;
using DLExperiments.Networks.Layers;
using DLExperiments.Sweeps;
using DLExperiments.Sweeps.Pruners;
using DLExperiments.Sweeps.Running;
using DLExperiments.Sweeps.Samplers;
using DLExperiments.Sweeps.Spaces;
using DLExperiments.Sweeps.Store;
using DLExperiments.Tests.Training;
using DLExperiments.Training;
using DLExperiments.Training.Optimizers;

namespace DLExperiments.Tests.Sweeps;

/// <summary>Sweeps whose trials are trained together as one network, against the same sweeps trial by trial.</summary>
public sealed class SweepStackTests : IClassFixture<TorchFixture>, IDisposable
{
    private readonly string root = Directory.CreateTempSubdirectory("stack").FullName;
    private readonly Dataset data = TrainingData.Cut(TrainingData.Clouds(150, 4), 100);

    public void Dispose() => Directory.Delete(root, recursive: true);

    [Fact]
    public void A_sweep_of_stacks_ends_with_the_table_of_one_trial_by_trial()
    {
        var space = new OrderedDictionary { ["Rate"] = "1e-3, 1e-2, 1e-1, 1e30", ["Units"] = "5, 8", ["P"] = "0, 0.3" };
        SweepPlan plan = Plan(space, new GridSampler(), 16) with { Repeats = 2, Pruner = new PatiencePruner { Patience = 2 } };
        TrialRecord[] alone = Run("alone", plan, 1, 1), stacked = Run("stacked", plan, 2, 8);
        for (int i = 0; i < alone.Length; i++)
        {
            Assert.Equal((alone[i].Key, alone[i].State, alone[i].ErrorId, alone[i].Curve.Count), (stacked[i].Key, stacked[i].State, stacked[i].ErrorId, stacked[i].Curve.Count));
            // As between engines: sums in another order.
            foreach ((double a, double b) in alone[i].Curve.Zip(stacked[i].Curve)) Assert.Equal(a, b, 2e-4 * Math.Max(1, Math.Abs(a)));
        }
        Assert.Contains(stacked, t => t.State == TrialState.Failed);
        Assert.All(alone.Where(t => t.State != TrialState.Failed), t => Assert.Equal(1, (int)t.Output!["Stack"]!));
        // Two workers with a round of eight each; a round may be split where a row of the grid ends.
        TrialRecord[] ended = [.. stacked.Where(t => t.State != TrialState.Failed)];
        Assert.True(ended.Count(t => (int)t.Output!["Stack"]! >= 3) > ended.Length / 2, string.Join(' ', ended.Select(t => t.Output!["Stack"])));
    }

    [Fact]
    public void Trials_that_learn_from_each_other_are_not_held_back_for_a_stack()
    {
        SweepPlan plan = Plan(new OrderedDictionary { ["Rate"] = "log 1e-3..1e-1", ["Units"] = 6, ["P"] = 0 }, new TpeSampler(), 6) with { Lag = 2 };
        Assert.All(Run("tpe", plan, 2, 8), t => Assert.Equal((TrialState.Finished, 1), (t.State, (int)t.Output!["Stack"]!)));
    }

    [Fact]
    public void A_stopped_sweep_puts_the_trials_of_a_stack_back()
    {
        SweepPlan plan = Plan(new OrderedDictionary { ["Rate"] = "1e-3, 2e-3, 3e-3, 4e-3", ["Units"] = 6, ["P"] = 0 }, new GridSampler(), 4);
        SweepFolder folder = SweepFolder.Create(Path.Combine(root, "stopped"), plan);
        using var stop = new CancellationTokenSource();
        Assert.Equal(WorkerExit.Stopped, new SweepRunner(folder) { MaxStack = 8 }.Run(() => new Net(data, stop.Cancel), stop.Token));
        Assert.All(Enumerable.Range(0, 4), i => Assert.Equal(TrialState.Waiting, folder.StateOf(i)));
        Assert.Equal(WorkerExit.Done, new SweepRunner(folder) { MaxStack = 8 }.Run(() => new Net(data), default));
        Assert.All(Enumerable.Range(0, 4), i => Assert.Equal(4, (int)folder.Read(i)!.Output!["Stack"]!));
    }

    private static SweepPlan Plan(OrderedDictionary space, Sampler sampler, int points) => new()
    {
        Space = SweepSpace.From(space), Sampler = sampler, Points = points, Seed = 3, Objectives = [new("BestValidationLoss", SweepGoal.Auto)], Threads = 1,
    };

    private TrialRecord[] Run(string name, SweepPlan plan, int workers, int stack)
    {
        SweepFolder folder = SweepFolder.Create(Path.Combine(root, name), plan);
        using var shared = new SharedData([data]);
        new SweepRunner(folder) { Workers = workers, Shared = shared, MaxStack = stack, WaitsForOthers = true }.Run(() => new Net(data), default);
        return [.. Enumerable.Range(0, plan.TrialCount).Select(i => folder.Read(i)!)];
    }

    private sealed class StepCall(Action call) : ITrainingObserver
    {
        public void OnStep(TrainingProgress progress)
        {
            if (progress.Step == 10) call();
        }

        public void OnEpoch(EpochResult epoch)
        {
        }
    }

    private sealed class Net(Dataset data, Action? onStep = null) : TrialBody
    {
        public override JsonObject Run(TrialAssignment trial, CancellationToken cancellation)
        {
            NetworkDefinition network = NetworkDefinition.Create(data.InputShape!).Add(new LinearLayer { OutFeatures = Convert.ToInt32(trial.Setting["Units"]) }).Add(new ELULayer())
                .Add(new DropoutLayer { P = Convert.ToDouble(trial.Setting["P"]) }).Add(new LinearLayer { OutFeatures = 4 });
            TrainingResult result = Trainer.Train(TrainingRequest.New(network, data), new TrainingOptions
            {
                Optimizer = new SgdOptimizer { Momentum = 0.9 }, LearningRate = Convert.ToDouble(trial.Setting["Rate"]), Epochs = 5, BatchSize = 16, Seed = trial.Seed,
            }, onStep is null ? [] : [new StepCall(onStep)]);
            using (result.Model) return new JsonObject { ["BestValidationLoss"] = result.BestValidationLoss, ["Stack"] = result.StackSize };
        }
    }
}
