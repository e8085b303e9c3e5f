using DLExperiments.Data;
using DLExperiments.Data.Formats;
using DLExperiments.Data.Splitting;
using DLExperiments.Data.Tables;
using DLExperiments.Data.Transforms;
using DLExperiments.Errors;
using DLExperiments.Evaluation;
using DLExperiments.Models;
using DLExperiments.Networks;
using DLExperiments.Networks.Layers;
using DLExperiments.Training;

namespace DLExperiments.Tests.Data;

public sealed class TargetScaleTests : IClassFixture<TorchFixture>, IDisposable
{
    private readonly TempFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData(FeatureScaling.MinMax)]
    [InlineData(FeatureScaling.Standardize)]
    public void ASeriesIsScaledByItsTrainingRowsAndPredictedInItsOwnUnits(FeatureScaling scale)
    {
        // 100, 110, ..., 290: the first fourteen are trained on, so the range is 100..230, the mean 165, the deviation 10 sqrt((14^2 - 1)/12).
        string path = folder.Write("s.csv", "t,y\n" + string.Concat(Enumerable.Range(0, 20).Select(i => $"{i},{100 + 10 * i}\n")));
        Dataset data = new TimeSeriesFormat { Window = 2, Column = ["y"], TrainRatio = .7 }.Read(new ImportRequest(path, "s", new TableOptions { Scale = scale }));
        (double from, double by) = scale == FeatureScaling.MinMax ? (100, 130) : (165.0, 10 * Math.Sqrt((14 * 14 - 1) / 12.0));
        Preprocessing fitted = Preprocessing.Fit(data.Train!);
        float[] window = new float[2];
        fitted.Read(data, 0, [0], window);
        Assert.Equal([(float)((100 - from) / by), (float)((110 - from) / by)], window.Select(v => v), new Near());
        // One weight for each place and no bias: in scaled units the output is their sum; back in the series' units it is known by hand.
        NetworkDefinition network = NetworkDefinition.Create(new Shape(2, 1)).Add(new FlattenLayer()).Add(new LinearLayer { OutFeatures = 1, Bias = false });
        var options = new TrainingOptions { Epochs = 1, Seed = 1, Threads = 1, Engine = EngineChoice.Torch };
        Model model = Trainer.Train(TrainingRequest.New(network, data.Train!), options).Model;
        WeightTensor weight = model.Weights.Tensors.Single();
        (weight.Values[0], weight.Values[1]) = (-1, 2); // the line goes on: y(t+1) = 2 y(t) - y(t-1), whatever the scale
        string file = Path.Combine(folder.Root, $"{scale}.safetensors");
        ModelFile.Export(model, file, overwrite: true);
        foreach (Model one in new[] { model, ModelFile.Import(file) })
        {
            ValuePrediction[] predictions = [.. new Predictor(one).Predict(data.Test!).Cast<ValuePrediction>()];
            Assert.Equal([260.0, 270, 280, 290], predictions.Select(p => p.Values[0]), new NearDouble());
            Assert.Equal([260f, 270, 280, 290], predictions.Select(p => p.Actual!.Value));
            Assert.InRange(((RegressionMeasure)Measurer.Measure(one, data.Test!)).MSE, 0, 1e-6);
        }
        weight.Values[1] = 1; // half the slope is forgotten: the errors are those of the series' own units
        model.Dispose();
        var measure = (RegressionMeasure)Measurer.Measure(model, data.Test!);
        double[] wrong = [.. Enumerable.Range(14, 4).Select(i => (110.0 + 10 * i - from) / by - (100.0 + 10 * i - from) / by).Select((v, i) => v * by + from - (260 + 10 * i))];
        Assert.Equal(wrong.Average(Math.Abs), measure.MAE, 1e-3);
        Assert.Equal(wrong.Average(e => e * e), measure.MSE, 1);
    }

    [Fact]
    public void ASeriesIsNotScaledByRowsThatMayBeTestedOn()
    {
        string path = folder.Write("s.csv", "y\n1\n2\n3\n4\n");
        ExperimentException error = Assert.Throws<ExperimentException>(() => new TimeSeriesFormat().Read(new ImportRequest(path, "s", new TableOptions { Scale = FeatureScaling.MinMax })));
        Assert.Contains("-TrainRatio", error.Message);
    }

    [Fact]
    public void ATableTargetIsLearntScaledAndPredictedInItsUnits()
    {
        // y = 1e6 (x + 3): without scaling, a rate of .05 on targets of millions diverges or crawls.
        string path = folder.Write("t.csv", "x,y\n" + string.Concat(Enumerable.Range(0, 50).Select(i => FormattableString.Invariant($"{i / 50.0},{1e6 * (i / 50.0 + 3)}\n"))));
        Dataset data = new Standardize { OnTarget = true }.AddTo(DatasetFile.Read(path, new TableOptions { Target = ["y"], Scale = FeatureScaling.Standardize }));
        Assert.Contains("Standardize of the target", data.Describe());
        NetworkDefinition network = NetworkDefinition.Create(new Shape(1)).Add(new LinearLayer { OutFeatures = 1 });
        foreach (EngineChoice engine in new[] { EngineChoice.Torch, EngineChoice.Fused })
        {
            TrainingResult result = Trainer.Train(TrainingRequest.New(network, data), new TrainingOptions { Epochs = 100, BatchSize = 10, LearningRate = .05, Seed = 1, Threads = 1, Engine = engine });
            Assert.InRange(result.History[^1].TrainingLoss, 0, 1e-3); // of scaled targets
            var prediction = (ValuePrediction)new Predictor(result.Model).Predict(c => c == "x" ? 0.5 : null, null, 0, null);
            Assert.InRange(prediction.Values[0], 3.49e6, 3.51e6);
        }
    }

    [Fact]
    public void OnlyTargetsOfNumbersAreScaled()
    {
        Dataset classes = DatasetFile.Read(folder.Write("c.csv", "x,k\n1,a\n2,b\n"), new TableOptions { Target = ["k"] });
        ExperimentException error = Assert.Throws<ExperimentException>(() => new MinMax { OnTarget = true }.AddTo(classes));
        Assert.Equal("TargetNotNumber", error.ErrorId);
        Assert.Contains("'k' (class)", error.Message);
    }

    private sealed class Near : IEqualityComparer<float>
    {
        public bool Equals(float x, float y) => Math.Abs(x - y) < 1e-5;

        public int GetHashCode(float obj) => 0;
    }

    private sealed class NearDouble : IEqualityComparer<double>
    {
        public bool Equals(double x, double y) => Math.Abs(x - y) < 1e-3;

        public int GetHashCode(double obj) => 0;
    }
}
