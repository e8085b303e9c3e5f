using System.Diagnostics;
using System.Globalization;
using DLExperiments.Data;
using DLExperiments.Evaluation;
using DLExperiments.Native;
using DLExperiments.Networks;
using DLExperiments.Networks.Layers;
using DLExperiments.Training;
using DLExperiments.Training.Fused;

namespace DLExperiments.Tests.Training.Fused;

/// <summary>Whole runs in processes of their own: without libtorch, and with processors that lack wide vectors.</summary>
public class FusedProcessTests
{
    private static readonly NetworkDefinition Network = NetworkDefinition.Create(new Shape(2))
        .Add(new LinearLayer { OutFeatures = 40 }).Add(new BatchNorm1dLayer()).Add(new GELULayer()).Add(new DropoutLayer { P = 0.1 })
        .Add(new LinearLayer { OutFeatures = 33 }).Add(new LayerNormLayer()).Add(new SoftplusLayer()).Add(new LinearLayer { OutFeatures = 3 });

    [Theory]
    [InlineData("", "", 0)]
    [InlineData("DOTNET_EnableAVX512F", "DOTNET_EnableAVX512", 256)]
    [InlineData("DOTNET_EnableAVX2", "", 128)]
    [InlineData("DOTNET_EnableAVX", "", 128)]
    [InlineData("DOTNET_EnableHWIntrinsic", "", 32)]
    public void A_process_trains_measures_and_predicts_without_libtorch_at_any_width(string off, string alsoOff, int mostBits)
    {
        // .NET 8 and .NET 10 name the 512-bit switch differently; unknown ones are ignored.
        var environment = new[] { off, alsoOff }.Where(v => v.Length > 0).ToDictionary(v => v, _ => (string?)"0");
        ChildProcess.Result child = ChildProcess.Run(RunChild, environment);
        Assert.True(child.ExitCode == 0, child.Error);
        string[] said = child.Output.Trim().Split(' ');
        Assert.Equal(("Fused", "False"), (said[0], said[1]));
        int bits = int.Parse(said[2], CultureInfo.InvariantCulture);
        if (mostBits == 0) Assert.Equal(FusedStepEngine.ChooseVectorBits(Network), bits);
        else Assert.InRange(bits, 32, mostBits);

        // The same by libtorch, here: equal to the rounding that 60 steps gather.
        (Dataset data, TrainingOptions options) = Setting();
        TrainingResult torch = Trainer.Train(TrainingRequest.New(Network, data), options with { Engine = EngineChoice.Torch });
        ModelMeasure measure = Measurer.Measure(torch.Model, data.Validation!);
        Assert.Equal(torch.FinalTrainingLoss!.Value, double.Parse(said[3], CultureInfo.InvariantCulture), 2e-4);
        Assert.Equal(torch.FinalValidationLoss!.Value, double.Parse(said[4], CultureInfo.InvariantCulture), 2e-4);
        Assert.Equal(measure.Loss, double.Parse(said[5], CultureInfo.InvariantCulture), 2e-4);
        var first = (ClassPrediction)new Predictor(torch.Model).Predict(data.Validation!).First();
        Assert.Equal(first.Probability!.Value, double.Parse(said[6], CultureInfo.InvariantCulture), 2e-4);
    }

    private static (Dataset Data, TrainingOptions Options) Setting() =>
        (TrainingData.Cut(TrainingData.Clouds(130, 3), 100), new TrainingOptions { Epochs = 15, BatchSize = 25, Seed = 2, LearningRate = 1e-3 });

    private static void RunChild()
    {
        (Dataset data, TrainingOptions options) = Setting();
        TrainingResult run = Trainer.Train(TrainingRequest.New(Network, data), options);
        ModelMeasure measure = Measurer.Measure(run.Model, data.Validation!);
        var first = (ClassPrediction)new Predictor(run.Model).Predict(data.Validation!).First();
        bool torch = TorchLibrary.Folder is not null
            || Process.GetCurrentProcess().Modules.Cast<ProcessModule>().Any(m => m.ModuleName.Contains("torch_cpu", StringComparison.OrdinalIgnoreCase));
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{run.Engine} {torch} {FusedStepEngine.ChooseVectorBits(Network)} "
            + $"{run.FinalTrainingLoss:r} {run.FinalValidationLoss:r} {measure.Loss:r} {first.Probability:r}"));
    }
}
