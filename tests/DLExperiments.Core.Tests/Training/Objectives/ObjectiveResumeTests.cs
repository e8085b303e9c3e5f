using DLExperiments.Data;
using DLExperiments.Errors;
using DLExperiments.Networks;
using DLExperiments.Training;
using DLExperiments.Training.Objectives;
using DLExperiments.Training.Optimizers;
using DLExperiments.Training.Schedules;
using DLExperiments.Training.Updates;

namespace DLExperiments.Tests.Training.Objectives;

/// <summary>Every objective goes on to the same bits, also from the middle of an epoch.</summary>
public sealed class ObjectiveResumeTests : IClassFixture<TorchFixture>, IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("dlx-objectives-").FullName;

    static ObjectiveResumeTests() => DLExperiments.Catalogues.Catalogue<Objective>.Default.Register(typeof(TwoPlayerTests).Assembly);

    public void Dispose() => Directory.Delete(folder, recursive: true);

    public static TheoryData<string> Cases => ["MultiTask", "Contrastive", "Triplet", "Custom", "Autoencoder", "TwoPlayer", "TwoPlayerAverage", "Groups", "Weights"];

    [Theory]
    [MemberData(nameof(Cases))]
    public void Interrupted_and_resumed_it_gives_the_same_bits(string name)
    {
        (NetworkDefinition network, Dataset data, TrainingOptions options) = Case(name);
        options = options with { Epochs = 4, Schedule = new ExponentialSchedule { Gamma = 0.8 } };
        TrainingResult whole = Trainer.Train(TrainingRequest.New(network, data), options);
        foreach (int at in new[] { 1, 5, 6 })
        {
            string checkpoint = Path.Combine(folder, $"{name}{at}"), curve = Path.Combine(folder, $"{name}{at}.csv");
            using var source = new CancellationTokenSource();
            int made = 0;
            TrainingResult part = Trainer.Train(TrainingRequest.New(network, data), options with { Checkpoint = checkpoint, LearningCurve = curve },
                [new Stepper(() => { if (++made == at) source.Cancel(); })], source.Token);
            Assert.Equal((StopReason.Cancelled, (long)at), (part.StopReason, part.StepsCompleted));
            TrainingResult rest = Trainer.Resume(checkpoint, data, compileLoss: _ => CustomTests.ByHand().Script);
            Assert.Equal((whole.Objective, whole.Loss, whole.StepsCompleted), (rest.Objective, rest.Loss, rest.StepsCompleted));
            Assert.Equal(Rows(whole), Rows(rest));
            Assert.Equal(whole.History.Count() + 1, File.ReadAllLines(curve).Length);
            foreach (WeightTensor tensor in whole.Model.Weights.Tensors)
                Assert.Equal(tensor.Values.Select(BitConverter.SingleToUInt32Bits), rest.Model.Weights[tensor.Name].Values.Select(BitConverter.SingleToUInt32Bits));
        }
    }

    [Fact]
    public void A_custom_objective_from_a_file_needs_leave_and_stays_the_same()
    {
        (NetworkDefinition network, Dataset data, TrainingOptions options) = Case("Custom");
        string checkpoint = Path.Combine(folder, "leave");
        Trainer.Train(TrainingRequest.New(network, data), options with { Epochs = 1, Checkpoint = checkpoint });
        Assert.Equal("ScriptNotAllowed", Assert.Throws<ExperimentException>(() => Trainer.Resume(checkpoint, data, change: o => o with { Epochs = 2 })).ErrorId);
        var other = new CustomObjective { Script = new LossFunction("another text", (o, t, i) => CustomTests.ByHand().Script.Invoke(o, t, i)) };
        ExperimentException refused = Assert.Throws<ExperimentException>(() => Trainer.Train(TrainingRequest.New(network, data), options with { Epochs = 2, Objective = other, Checkpoint = checkpoint, Resume = true }));
        Assert.Equal("CheckpointMismatch", refused.ErrorId);
        Assert.Contains("objective", refused.Message);
        // With the script given again, as a script that is run again does, it goes on.
        Assert.Equal(2, Trainer.Train(TrainingRequest.New(network, data), options with { Epochs = 2, Checkpoint = checkpoint, Resume = true }).EpochsCompleted);
    }

    private static (NetworkDefinition Network, Dataset Data, TrainingOptions Options) Case(string name)
    {
        var adam = new TrainingOptions { BatchSize = 16, LearningRate = 0.02, Engine = EngineChoice.Torch };
        Dataset clouds = TrainingData.Cut(TrainingData.Clouds(70, 3), 50), two = TrainingData.Cut(MultiTaskTests.TwoTargets(70), 50);
        return name switch
        {
            "MultiTask" => (MultiTaskTests.TwoHeads(), two, adam with { LossWeights = new Dictionary<string, double> { ["age"] = 0.1 } }),
            "Custom" => (MultiTaskTests.TwoHeads(), two, adam with { Objective = CustomTests.ByHand() }),
            "Contrastive" => (TrainingData.Mlp(2, 3, 8), clouds, adam with { Objective = new SiameseObjective { Margin = 2 } }),
            "Triplet" => (TrainingData.Mlp(2, 3, 8), clouds, adam with { Objective = new SiameseObjective { PairLoss = PairLoss.Triplet } }),
            "Autoencoder" => (TrainingData.Mlp(2, 2, 8), clouds, adam with { Objective = new AutoencoderObjective() }),
            "TwoPlayer" => (TwoPlayerObjective.Network(8), TwoPlayerTests.Real(), TwoPlayerTests.Game() with { BatchSize = 200 }),
            "TwoPlayerAverage" => (TwoPlayerObjective.Network(8), TwoPlayerTests.Real(), TwoPlayerTests.Game() with { BatchSize = 200, Rules = new UpdateRules { WeightAverage = 0.9 } }),
            "Groups" => (TrainingData.Mlp(2, 3, 8), clouds, adam with
            {
                Rules = new UpdateRules { WeightAverage = 0.9, ParameterGroups = [new ParameterGroup("*.bias", new SgdOptimizer { Momentum = 0.9 }, 0.1), new ParameterGroup("linear_1.weight", new AdamOptimizer { WeightDecay = 0.1 })] },
            }),
            _ => (TrainingData.Mlp(2, 3, 8), clouds, adam with { ClassWeights = new Dictionary<string, double> { ["B"] = 3 }, BalanceClasses = true }),
        };
    }

    private static string[] Rows(TrainingResult run) => [.. run.History.Select(e => FormattableString.Invariant(
        $"{e.Epoch},{e.TrainingLoss},{e.ValidationLoss},{e.LearningRate},{e.Step},") + string.Join(',', e.Measures.Select(m => FormattableString.Invariant($"{m.Key}={m.Value}"))))];

    private sealed class Stepper(Action onStep) : ITrainingObserver
    {
        public void OnStep(TrainingProgress progress) => onStep();

        public void OnEpoch(EpochResult epoch)
        {
        }
    }
}
