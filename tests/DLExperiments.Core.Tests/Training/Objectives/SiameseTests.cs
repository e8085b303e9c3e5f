using DLExperiments.Data;
using DLExperiments.Errors;
using DLExperiments.Evaluation;
using DLExperiments.Losses;
using DLExperiments.Models;
using DLExperiments.Networks;
using DLExperiments.Networks.Architectures.Classic;
using DLExperiments.Networks.Architectures.Composite;
using DLExperiments.Networks.Layers;
using DLExperiments.Randomness;
using DLExperiments.Training;
using DLExperiments.Training.Objectives;
using DLExperiments.Training.Optimizers;
using TorchSharp;

namespace DLExperiments.Tests.Training.Objectives;

/// <summary>Contrastive and triplet losses against their formulas and finite differences; the draw of partners; both forms of siamese networks.</summary>
public sealed class SiameseTests : IClassFixture<TorchFixture>
{
    private static readonly TrainingOptions OneStep = new() { Epochs = 1, BatchSize = 0, LearningRate = 1, Optimizer = new SgdOptimizer() };

    private static readonly NetworkDefinition Linear = NetworkDefinition.Create(new Shape(2)).Add(new LinearLayer { OutFeatures = 2 }, "embed");

    private static Dataset Points(float[] x, params int[] codes) => Dataset.Create("points", [new FloatColumn("x", new Shape(2), x)], [new ClassColumn("class", codes, ["A", "B"])]);

    // Partners are known where there is one choice only: with two classes of one row each, all pairs are (A, B) and (B, A).
    [Fact]
    public void Two_of_two_classes_go_apart_as_the_formula_says()
    {
        Dataset data = Points([0.2f, -0.1f, -0.3f, 0.4f], 0, 1);
        var objective = new SiameseObjective { PairLoss = PairLoss.Contrastive, Margin = 2 };
        TrainingResult run = Trainer.Train(TrainingRequest.New(Linear, data), OneStep with { Objective = objective });
        double Loss(double[] w)
        {
            double u = w[0] * 0.5 + w[1] * -0.5, v = w[2] * 0.5 + w[3] * -0.5; // the bias is in both
            return 0.5 * Math.Pow(Math.Max(0, 2 - Math.Sqrt(u * u + v * v + 1e-12)), 2);
        }

        CheckStep(run, Loss);
        Assert.Equal("Contrastive", run.Loss);
        Assert.Equal(0, run.History[0].TrainingAccuracy.GetValueOrDefault() is 0 or 1 ? 0 : 1);
        Assert.True(run.History[0].Measures.ContainsKey("TrainingNegativeDistance"));
        Assert.False(run.History[0].Measures.ContainsKey("TrainingPositiveDistance")); // there was no such pair
    }

    // Two of one class and one of the other: anchors 0 and 1 have each other and row 2; row 2 has no twin and is no anchor.
    [Theory]
    [InlineData(EmbeddingDistance.Euclidean)]
    [InlineData(EmbeddingDistance.SquaredEuclidean)]
    [InlineData(EmbeddingDistance.Cosine)]
    public void Triplets_are_ordered_as_the_formula_says(EmbeddingDistance distance)
    {
        float[] x = [0.9f, -0.4f, -0.7f, 0.5f, 0.3f, 0.8f];
        var objective = new SiameseObjective { PairLoss = PairLoss.Triplet, Margin = 1.5, Distance = distance };
        TrainingResult run = Trainer.Train(TrainingRequest.New(Linear, Points(x, 0, 0, 1)), OneStep with { Objective = objective });
        double[] bias = Array.ConvertAll(WeightSet.Initialise(Linear, 0)["embed.bias"].Values, v => (double)v);
        double Loss(double[] w)
        {
            double[] Embed(int row) => [.. Enumerable.Range(0, 2).Select(o => w[2 * o] * x[2 * row] + w[2 * o + 1] * x[2 * row + 1] + bias[o])];
            double Distance(int a, int b)
            {
                double[] p = Embed(a), q = Embed(b);
                double square = Math.Pow(p[0] - q[0], 2) + Math.Pow(p[1] - q[1], 2);
                return distance switch
                {
                    EmbeddingDistance.Euclidean => Math.Sqrt(square + 1e-12),
                    EmbeddingDistance.SquaredEuclidean => square,
                    _ => 1 - (p[0] * q[0] + p[1] * q[1]) / Math.Sqrt((p[0] * p[0] + p[1] * p[1]) * (q[0] * q[0] + q[1] * q[1])),
                };
            }

            return (Math.Max(0, Distance(0, 1) - Distance(0, 2) + 1.5) + Math.Max(0, Distance(1, 0) - Distance(1, 2) + 1.5)) / 2;
        }

        CheckStep(run, Loss);
    }

    [Fact]
    public void Pairs_of_one_class_come_near()
    {
        var objective = new SiameseObjective { Margin = 3 };
        using torch.Tensor distance = torch.tensor(new[] { 0.5f, 2f, 4f }), same = torch.tensor(new[] { 1f, 0f, 0f }), losses = objective.Contrast(distance, same);
        Assert.Equal([0.125f, 0.5f, 0f], losses.data<float>().ToArray()); // ½·0.5², ½(3−2)², nothing beyond the margin
    }

    [Fact]
    public void Partners_are_of_the_wanted_class_and_equally_likely()
    {
        float[] codes = [0, 1, 0, 2, 1, 0, 0];
        var table = new PartnerTable(codes);
        var random = new RandomStream(1, RandomPurpose.Pairs);
        Assert.Equal(3, table.Classes);
        Assert.False(table.HasTwin(3));
        int[] same = new int[7], other = new int[7];
        const int draws = 12000;
        for (int i = 0; i < draws; i++)
        {
            same[table.DrawSame(2, random)]++;
            other[table.DrawOther(2, random)]++;
        }
        // Five standard deviations of a binomial count around each expectation.
        foreach (int row in new[] { 0, 5, 6 }) Assert.InRange(same[row], 4000 - 260, 4000 + 260);
        foreach (int row in new[] { 1, 3, 4 }) Assert.InRange(other[row], 4000 - 260, 4000 + 260);
        Assert.Equal(draws, same[0] + same[5] + same[6]);
        Assert.Equal(draws, other[1] + other[3] + other[4]);
        for (int i = 0; i < 50; i++) Assert.Equal(4, table.DrawSame(1, random));
    }

    [Theory]
    [InlineData(PairLoss.Contrastive)]
    [InlineData(PairLoss.Triplet)]
    public void Classes_come_apart(PairLoss kind)
    {
        Dataset data = TrainingData.Cut(TrainingData.Clouds(300, 3), 200);
        TrainingResult run = Trainer.Train(TrainingRequest.New(TrainingData.Mlp(2, 2, 16), data), new TrainingOptions
        {
            Epochs = 30, LearningRate = 0.01, Objective = new SiameseObjective { PairLoss = kind, Margin = 2 },
        });
        EpochResult first = run.History[0], last = run.History[^1];
        Assert.True(last.ValidationLoss < first.ValidationLoss * 0.8, $"{first.ValidationLoss} -> {last.ValidationLoss}");
        // Clouds lie three deviations apart: one row in twelve or so belongs elsewhere whatever is learnt, and so one pair in six.
        Assert.True(last.ValidationAccuracy > 0.75, $"{last.ValidationAccuracy}");
        Assert.True(last.Measures["ValidationNegativeDistance"] > 2 * last.Measures["ValidationPositiveDistance"]);
        var measure = (ObjectiveMeasure)Measurer.Measure(run.Model, data.Validation!);
        Assert.Equal(last.ValidationLoss!.Value, measure.Loss, 1e-6);
        Assert.Equal(last.Measures["ValidationPositiveDistance"], measure.Measures["PositiveDistance"], 1e-6);
        Assert.Equal(2, ((ValuePrediction)new Predictor(run.Model).Predict(data.Validation!).First()).Values.Length);
    }

    [Theory]
    [InlineData(false, "Contrastive")]
    [InlineData(true, "Binary")]
    public void Twins_with_two_inputs_take_both_from_one_feature(bool score, string loss)
    {
        NetworkDefinition network = new Siamese { Trunk = new Mlp { Hidden = [16], Classes = 4 }, Score = score }.Build(new Shape(2));
        Dataset data = TrainingData.Cut(TrainingData.Clouds(300, 3), 200);
        TrainingResult run = Trainer.Train(TrainingRequest.New(network, data), new TrainingOptions { Epochs = 40, LearningRate = 0.01, Objective = new SiameseObjective() });
        Assert.Equal(loss, run.Loss);
        Assert.True(run.History[^1].ValidationAccuracy > 0.75, $"{run.History[^1].ValidationAccuracy}");
        Assert.Equal(run.History[^1].ValidationLoss!.Value, Measurer.Measure(run.Model, data.Validation!).Loss, 1e-6);
    }

    [Fact]
    public void A_model_that_was_read_is_measured_and_goes_on_in_the_same_way()
    {
        Dataset data = TrainingData.Clouds(40, 2);
        TrainingResult run = Trainer.Train(TrainingRequest.New(Linear, data), OneStep with { Objective = new SiameseObjective { Margin = 3, PairLoss = PairLoss.Triplet } });
        string file = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());
        ModelFile.Export(run.Model, file, overwrite: false);
        Model read = ModelFile.Import(file);
        File.Delete(file);
        Assert.Equal(Measurer.Measure(run.Model, data).Loss, Measurer.Measure(read, data).Loss);
        Assert.Equal(("Siamese", "Triplet"), (Trainer.Train(TrainingRequest.Continue(read, data), OneStep) is var more ? more.Objective : "", more.Loss));
    }

    [Fact]
    public void What_does_not_fit_is_refused()
    {
        string Refusal(NetworkDefinition network, Dataset data, TrainingOptions? options = null) =>
            Assert.Throws<ExperimentException>(() => Trainer.Train(TrainingRequest.New(network, data), (options ?? OneStep) with { Objective = new SiameseObjective() })).ErrorId;

        Assert.Equal("SiameseNetwork", Refusal(MultiTaskTests.TwoHeads(), TrainingData.Clouds(10, 2)));
        Assert.Equal("NoClasses", Refusal(Linear, TrainingData.Numbers("numbers", [[1, 2], [3, 4]], [[1], [2]])));
        Assert.Equal("TooFewClasses", Refusal(Linear, Points([1, 2, 3, 4], 0, 0)));
        Assert.Equal("InvalidLoss", Refusal(Linear, TrainingData.Clouds(10, 2), OneStep with { Loss = new MeanSquaredErrorLoss() }));
    }

    /// <summary>The loss before the step, and the step as the central difference of the formula in float64.</summary>
    private static void CheckStep(TrainingResult run, Func<double[], double> loss)
    {
        double[] w = Array.ConvertAll(WeightSet.Initialise(Linear, 0)["embed.weight"].Values, v => (double)v);
        Assert.Equal(loss(w), run.History[0].TrainingLoss, 1e-6);
        Assert.True(run.History[0].TrainingLoss > 0.01);
        for (int i = 0; i < w.Length; i++)
        {
            double[] up = [.. w], down = [.. w];
            up[i] += 1e-5;
            down[i] -= 1e-5;
            // Differences of 1e-5 are good to 1e-10 or so; the rest is float32.
            Assert.Equal(w[i] - (loss(up) - loss(down)) / 2e-5, run.Model.Weights["embed.weight"].Values[i], 1e-5);
        }
    }
}
