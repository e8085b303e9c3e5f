using System.Text.Json.Nodes;
using DLExperiments.Catalogues;
using DLExperiments.Data;
using DLExperiments.Errors;
using DLExperiments.Evaluation.Metrics;
using DLExperiments.Losses;
using DLExperiments.Native;
using DLExperiments.Networks;
using DLExperiments.Tests.Training;
using TorchSharp;

namespace DLExperiments.Tests.Losses;

/// <summary>Losses on images against windows taken out one by one with PyTorch (tests/Reference/losses.py), and what they refuse.</summary>
public class ImageLossTests
{
    private static readonly JsonNode Facts = ReferenceFacts.Read("losses.json");

    public static TheoryData<int, string> Cases()
    {
        var cases = new TheoryData<int, string>();
        JsonArray all = Facts["imageCases"]!.AsArray();
        for (int i = 0; i < all.Count; i++) cases.Add(i, $"{all[i]!["loss"]} {all[i]!["settings"]!.ToJsonString()}");
        return cases;
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Value_and_gradient_equal_those_of_PyTorch(int place, string name)
    {
        _ = name;
        TorchLibrary.EnsureLoaded();
        JsonNode fact = Facts["imageCases"]![place]!;
        Loss loss = Catalogue<Loss>.Default.Create(fact["loss"]!.GetValue<string>(), ReferenceFacts.Settings(fact["settings"]!));
        torch.Tensor x = Image(0).requires_grad_(true), value = loss.Compute(x, Image(0.6));
        value.backward();
        // Local variances as E[x²] − E[x]² lose some digits against E[(x − E[x])²].
        Assert.Equal(fact["value"]!.GetValue<double>(), value.item<double>(), 1e-10);
        double[] gradient = x.grad!.data<double>().ToArray();
        foreach ((JsonNode? at, double expected) in Facts["places"]!.AsArray().Zip(ReferenceFacts.Numbers(fact["gradient"]!)))
            Assert.Equal(expected, gradient[at!.GetValue<int>()], 1e-10);
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Equal_images_have_no_loss_and_rows_of_a_batch_count_alike(int place, string name)
    {
        _ = name;
        TorchLibrary.EnsureLoaded();
        JsonNode fact = Facts["imageCases"]![place]!;
        Loss loss = Catalogue<Loss>.Default.Create(fact["loss"]!.GetValue<string>(), ReferenceFacts.Settings(fact["settings"]!));
        torch.Tensor a = Image(0), b = Image(0.6);
        Assert.Equal(0, loss.Compute(a, a).item<double>(), 1e-10);
        torch.Tensor both = torch.cat([a, a], 0), others = torch.cat([b, a], 0);
        Assert.Equal(loss.Compute(a, b).item<double>() / 2, loss.Compute(both, others).item<double>(), 1e-12);
        Assert.Equal(loss.Compute(a, b).item<double>() * 0.75, loss.Compute(both, others, torch.tensor(new[] { 3.0, 1.0 })).item<double>(), 1e-12);
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void The_metric_of_the_same_name_is_one_minus_the_loss(int place, string name)
    {
        _ = name;
        TorchLibrary.EnsureLoaded();
        JsonNode fact = Facts["imageCases"]![place]!;
        Metric metric = Catalogue<Metric>.Default.Create(fact["loss"]!.GetValue<string>(), ReferenceFacts.Settings(fact["settings"]!));
        double value = metric.Compute(new PredictionSet([(Image(0.6).data<double>().ToArray(), Image(0).data<double>().ToArray(), null)]));
        Assert.Equal(1 - fact["value"]!.GetValue<double>(), value, 1e-10);
    }

    [Fact]
    public void Channels_are_averaged()
    {
        TorchLibrary.EnsureLoaded();
        torch.Tensor a = Image(0), b = Image(0.6), c = Image(1.1);
        var loss = new SsimLoss();
        double expected = (loss.Compute(a, b).item<double>() + loss.Compute(a, c).item<double>()) / 2;
        Assert.Equal(expected, loss.Compute(torch.cat([a, a], 1), torch.cat([b, c], 1)).item<double>(), 1e-12);
    }

    [Theory]
    [InlineData("SSIM", 10)]
    [InlineData("MSSSIM", 175)]
    public void Too_small_images_are_refused_with_the_least_size(string type, int size)
    {
        Loss loss = Catalogue<Loss>.Default.Create(type);
        var error = Assert.Throws<ExperimentException>(() => loss.Fit(new Shape(1, size, size), Pixels(size)));
        Assert.Equal("LossOutputMismatch", error.ErrorId);
        Assert.Contains($"at least {size + 1} ", error.Message);
        Assert.Equal(new Shape(1, size + 1, size + 1), loss.Fit(new Shape(1, size + 1, size + 1), Pixels(size + 1)).Shape);
    }

    [Fact]
    public void A_sum_over_one_number_a_row_is_refused() => Assert.Equal("InvalidReduction",
        Assert.Throws<ExperimentException>(() => new SsimLoss { Reduction = LossReduction.BatchMean }.Fit(new Shape(1, 11, 11), Pixels(11))).ErrorId);

    [Fact]
    public void Outputs_that_are_no_probabilities_are_refused_by_BCE()
    {
        TorchLibrary.EnsureLoaded();
        var error = Assert.Throws<ExperimentException>(() => new BinaryCrossEntropyLoss().Compute(torch.tensor(new[] { 1.5f }).view(1, 1), torch.tensor(new[] { 1f }).view(1, 1)));
        Assert.Equal("LossOutputMismatch", error.ErrorId);
        Assert.Contains("BCEWithLogits", error.Message);
    }

    private static Dataset Pixels(int size) => TrainingData.Numbers("pixels", [[1]], [new float[size * size]]);

    /// <summary>The script's image.</summary>
    private static torch.Tensor Image(double phase)
    {
        double[] pixels = new double[96 * 96];
        for (int y = 0; y < 96; y++)
            for (int x = 0; x < 96; x++)
                pixels[y * 96 + x] = 0.5 + 0.3 * Math.Sin(0.21 * x + phase) * Math.Cos(0.17 * y - phase) + 0.1 * Math.Sin(7.3 * x * y + phase);
        return torch.tensor(pixels).view(1, 1, 96, 96);
    }
}
