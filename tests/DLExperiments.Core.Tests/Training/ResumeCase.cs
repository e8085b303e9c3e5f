using DLExperiments.Data;
using DLExperiments.Networks;
using DLExperiments.Networks.Layers;
using DLExperiments.Training;
using DLExperiments.Training.Checkpoints;
using DLExperiments.Training.Control;
using DLExperiments.Training.Optimizers;
using DLExperiments.Training.Schedules;

namespace DLExperiments.Tests.Training;

/// <summary>A small training that uses all that a checkpoint has to keep (batch normalisation, dropout, a schedule, early stopping), and how two runs of it are compared.</summary>
public abstract class ResumeCase : IDisposable
{
    protected string Folder { get; } = Directory.CreateTempSubdirectory("dlx-resume-").FullName;

    protected string Checkpoints => Path.Combine(Folder, "run");

    protected string Curve => Path.Combine(Folder, "curve.csv");

    public void Dispose() => Directory.Delete(Folder, recursive: true);

    protected static Dataset Data() => TrainingData.Cut(TrainingData.Clouds(100, 3), 75);

    protected static NetworkDefinition Net(int width) => NetworkDefinition.Create(new Shape(2))
        .Add(new LinearLayer { OutFeatures = width }).Add(new BatchNorm1dLayer()).Add(new ReLULayer()).Add(new DropoutLayer { P = 0.4 })
        .Add(new LinearLayer { OutFeatures = 3 });

    protected static TrainingRequest Request() => TrainingRequest.New(Net(16), Data());

    protected static TrainingOptions Options(string optimizer = "Adam") => new()
    {
        Engine = optimizer == "SGD" ? EngineChoice.Fused : EngineChoice.Torch,
        Epochs = 60, BatchSize = 16, Seed = 3, LearningRate = 0.05, CheckpointEvery = new CheckpointInterval(1),
        Optimizer = optimizer == "SGD" ? new SgdOptimizer { Momentum = 0.9 } : new AdamOptimizer(),
        Schedule = new PlateauSchedule { Patience = 2, Factor = 0.5 },
        EarlyStopping = new EarlyStopping { Metric = "ValidationLoss", Patience = 8 },
    };

    protected static TrainingResult Cancel(TrainingOptions options, int afterSteps)
    {
        using var source = new CancellationTokenSource();
        int made = 0;
        return Trainer.Train(Request(), options, [new Listener(_ => { if (++made == afterSteps) source.Cancel(); })], source.Token);
    }

    protected static void Same(TrainingResult expected, TrainingResult actual)
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
    protected static string[] Rows(TrainingResult run) => [.. run.History.Select(e => FormattableString.Invariant(
        $"{e.Epoch},{e.TrainingLoss},{e.TrainingAccuracy},{e.ValidationLoss},{e.ValidationAccuracy},{e.LearningRate},{e.Step},{e.SampleCount}"))];

    protected string[] CurveRows() => [.. File.ReadAllLines(Curve).Skip(1).Select(l => string.Join(',', l.Split(',').Take(8)))];

    protected sealed class Listener(Action<TrainingProgress>? onStep = null) : ITrainingObserver
    {
        public List<string> Warnings { get; } = [];

        public void OnStep(TrainingProgress progress) => onStep?.Invoke(progress);

        public void OnEpoch(EpochResult epoch)
        {
        }

        public void OnWarning(string message) => Warnings.Add(message);
    }
}
