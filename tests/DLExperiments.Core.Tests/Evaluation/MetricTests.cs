using System.Collections.Specialized;
using System.Globalization;
using System.Text.Json.Nodes;
using DLExperiments.Catalogues;
using DLExperiments.Errors;
using DLExperiments.Metrics;
using DLExperiments.Evaluation.Statistics;
using DLExperiments.Tests.Training;
using Xunit;

namespace DLExperiments.Tests.Evaluation;

/// <summary>Metrics against scikit-learn (tests/Reference/metrics.py) and closed forms.</summary>
public class MetricTests
{
    private static readonly JsonNode Facts = ReferenceFacts.Read("metrics.json");

    public static TheoryData<string> Cases(string kind) => new(Facts[kind]!.AsArray().Select(c => c!["name"]!.GetValue<string>()));

    [Theory]
    [MemberData(nameof(Cases), "classes")]
    public void Classes_equal_scikit_learn(string name)
    {
        JsonNode fact = Facts["classes"]!.AsArray().Single(c => c!["name"]!.GetValue<string>() == name)!;
        double[][] probabilities = [.. fact["probabilities"]!.AsArray().Select(r => Numbers(r!))];
        int[] actual = [.. Numbers(fact["actual"]!).Select(a => (int)a)];
        PredictionSet set = MakeClasses(probabilities, actual);
        foreach ((string key, JsonNode? expected) in fact["expected"]!.AsObject())
            // Float64 on both sides, in another order of summing.
            Assert.True(Math.Abs(Metric(key).Compute(set) - expected!.GetValue<double>()) <= 1e-9 * Math.Max(1, Math.Abs(expected.GetValue<double>())),
                $"{key}: {Metric(key).Compute(set)}, scikit-learn {expected}");
    }

    [Theory]
    [MemberData(nameof(Cases), "classes")]
    public void Each_class_equals_scikit_learn(string name)
    {
        JsonNode fact = Facts["classes"]!.AsArray().Single(c => c!["name"]!.GetValue<string>() == name)!;
        PredictionSet set = MakeClasses([.. fact["probabilities"]!.AsArray().Select(r => Numbers(r!))], [.. Numbers(fact["actual"]!).Select(a => (int)a)]);
        foreach ((string key, JsonNode? expected) in fact["perClass"]!.AsObject())
        {
            double[] own = [.. Metric(key).MeasureAll(set, perClass: true).Skip(1).Select(r => r.Value)], theirs = Numbers(expected!);
            Assert.Equal(theirs.Length, own.Length);
            for (int c = 0; c < own.Length; c++) Assert.Equal(theirs[c], own[c], 1e-12);
        }
    }

    [Theory]
    [MemberData(nameof(Cases), "images")]
    public void Images_equal_scikit_image(string name)
    {
        JsonNode fact = Facts["images"]!.AsArray().Single(c => c!["name"]!.GetValue<string>() == name)!;
        int columns = fact["columns"]!.GetValue<int>();
        var set = new PredictionSet([(Numbers(fact["actual"]!), Numbers(fact["predicted"]!), null)]);
        JsonNode expected = fact["expected"]!;
        Assert.Equal(expected["PSNR"]!.GetValue<double>(), new PSNRMetric().Compute(set), 1e-9);
        // scikit-image cuts its Gaussian at 3.5 σ too and computes in float64; it reflects at the edges, which the reference cuts off.
        Assert.Equal(expected["SSIM"]!.GetValue<double>(), new SSIMMetric { Columns = columns }.Compute(set), 1e-9);
        Assert.Equal(expected["MSSSIM"]!.GetValue<double>(), new MSSSIMMetric { Columns = columns, Scales = fact["scales"]!.GetValue<int>() }.Compute(set), 1e-9);
        Assert.Equal("NotAnImage", Assert.Throws<ExperimentException>(() => new MSSSIMMetric { Columns = columns }.Compute(set)).ErrorId);
    }

    [Fact]
    public void Sentences_equal_NLTK()
    {
        foreach (JsonNode? fact in Facts["sentences"]!.AsArray())
        {
            object[] actual = [.. fact!["actual"]!.AsArray().Select(a => (object)a!.GetValue<string>())];
            Assert.Equal(fact["expected"]!.GetValue<double>(), new BleuMetric().Compute(new PredictionSet([(actual, fact["predicted"]!.GetValue<string>(), null)])), 1e-12);
        }
    }

    [Theory]
    [MemberData(nameof(Cases), "values")]
    public void Values_equal_scikit_learn(string name)
    {
        JsonNode fact = Facts["values"]!.AsArray().Single(c => c!["name"]!.GetValue<string>() == name)!;
        var set = new PredictionSet([.. Numbers(fact["actual"]!).Zip(Numbers(fact["predicted"]!)).Select(p => ((object)p.First, (object)p.Second, (System.Collections.IDictionary?)null))]);
        foreach ((string key, JsonNode? expected) in fact["expected"]!.AsObject()) Assert.Equal(expected!.GetValue<double>(), Metric(key).Compute(set), 1e-9);
    }

    [Fact]
    public void Masks_equal_scikit_learn()
    {
        // Two halves as two images: pixels are pooled, so the rows do not matter.
        double[] actual = Numbers(Facts["masks"]!["actual"]!), predicted = Numbers(Facts["masks"]!["predicted"]!);
        var set = new PredictionSet([(actual[..50], predicted[..50], null), (actual[50..], predicted[50..], null)]);
        foreach ((string key, JsonNode? expected) in Facts["masks"]!["expected"]!.AsObject()) Assert.Equal(expected!.GetValue<double>(), Metric(key).Compute(set), 1e-12);
    }

    [Fact]
    public void Areas_without_both_sorts_of_rows_are_not_numbers()
    {
        PredictionSet set = MakeClasses([[.4, .6], [.3, .7]], [1, 1]);
        Assert.Equal(double.NaN, new RocAucMetric().Compute(set));
        Assert.Equal(double.NaN, new AveragePrecisionMetric().Compute(MakeClasses([[.4, .6]], [0])));
    }

    [Fact]
    public void Calibration_error_worked_by_hand()
    {
        // Bins of a half: confidences .6, .8 (one right: 0.5 against 0.7) all above a half.
        PredictionSet set = MakeClasses([[.6, .4], [.2, .8]], [0, 0]);
        Assert.Equal(.2, new CalibrationErrorMetric { Bins = 2 }.Compute(set), 1e-12);
        // A bin for each: |1 - .6| and |0 - .8|, half each.
        Assert.Equal(.6, new CalibrationErrorMetric { Bins = 10 }.Compute(set), 1e-12);
    }

    [Fact]
    public void Brier_of_several_classes_and_perplexity()
    {
        PredictionSet set = MakeClasses([[.5, .25, .25]], [1]);
        Assert.Equal(.25 + .5625 + .0625, new BrierMetric().Compute(set), 1e-12);
        Assert.Equal(4, new PerplexityMetric().Compute(set), 1e-12);
    }

    [Fact]
    public void Image_metrics_have_their_closed_forms()
    {
        double[] a = [.. Enumerable.Repeat(.5, 144)], b = [.. Enumerable.Repeat(.6, 144)], c = [.. Enumerable.Range(0, 144).Select(i => i / 144.0)];
        // Constant images: variances vanish, and 10 log10(1 / 0.01) = 20 dB.
        Assert.Equal((2 * .5 * .6 + 1e-4) / (.25 + .36 + 1e-4), new SSIMMetric().Compute(new PredictionSet([(a, b, null)])), 1e-9);
        Assert.Equal(1, new SSIMMetric().Compute(new PredictionSet([(c, c, null)])), 1e-12);
        Assert.Equal(20, new PSNRMetric().Compute(new PredictionSet([(a, b, null)])), 1e-9);
        Assert.Equal(double.PositiveInfinity, new PSNRMetric().Compute(new PredictionSet([(a, a, null)])));
        Assert.Equal("NotAnImage", Assert.Throws<ExperimentException>(() => new SSIMMetric().Compute(new PredictionSet([(new double[9], new double[9], null)]))).ErrorId);
    }

    [Fact]
    public void Bleu_worked_by_hand()
    {
        double Bleu(string prediction, object actual) => new BleuMetric().Compute(new PredictionSet([(actual, prediction, null)]));
        Assert.Equal(1, Bleu("the cat is on the mat", "the cat is on the mat"), 1e-12);
        Assert.Equal(0, Bleu("no word fits", "the cat is here"));
        // "the the the cat" against "the cat sat": clipped 2/4, then 1/3, no 3-gram of 2 and no 4-gram of 1 (0.1 each); no brevity penalty.
        Assert.Equal(Math.Pow(.5 * (1 / 3.0) * (.1 / 2) * .1, .25), Bleu("the the the cat", "the cat sat"), 1e-12);
        // Shorter than its reference: 1/1 and three empty lengths of 0.1/1, penalty exp(1 - 2/1).
        Assert.Equal(Math.Exp(-1) * Math.Pow(1e-3, .25), Bleu("cat", "cat sat"), 1e-12);
        Assert.Equal(1, Bleu("a b c d", new object[] { "x", "a b c d" }), 1e-12);
    }

    [Fact]
    public void A_bootstrap_interval_covers_as_the_normal_one_does()
    {
        // Accuracy 0.8 of 400: 0.8 ± 1.96 √(0.8·0.2/400) = ± 0.0392; percentiles of 2000 resamples vary by a few thousandths.
        PredictionSet set = MakeClasses([.. Enumerable.Range(0, 400).Select(_ => new[] { .9, .1 })], [.. Enumerable.Range(0, 400).Select(i => i < 320 ? 0 : 1)]);
        MetricResult result = new AccuracyMetric().Measure(set, 2000, seed: 1);
        Assert.Equal(.8 - .0392, result.Low!.Value, .006);
        Assert.Equal(.8 + .0392, result.High!.Value, .006);
        Assert.Equal(result, new AccuracyMetric().Measure(set, 2000, seed: 1));
    }

    [Fact]
    public void What_does_not_fit_is_said()
    {
        Assert.Equal("NoPredictions", Assert.Throws<ExperimentException>(() => new PredictionSet([])).ErrorId);
        var words = new PredictionSet([("a", "b", null)]);
        Assert.Equal("MissingProbabilities", Assert.Throws<ExperimentException>(() => new LogLossMetric().Compute(words)).ErrorId);
        Assert.Equal("NotANumber", Assert.Throws<ExperimentException>(() => new MSEMetric().Compute(words)).ErrorId);
    }

    [Theory]
    // Published two-sided 5 % points of Student's t.
    [InlineData(1, 12.7062)]
    [InlineData(4, 2.7764)]
    [InlineData(30, 2.0423)]
    [InlineData(1000, 1.9623)]
    public void Student_t_has_its_published_points(double degrees, double point)
    {
        Assert.Equal(point, StudentT.Quantile(.975, degrees), 5e-5);
        Assert.Equal(.975, StudentT.Cumulative(StudentT.Quantile(.975, degrees), degrees), 1e-12);
    }

    private static Metric Metric(string key)
    {
        string[] parts = key.Split(' ');
        object value = parts.Length == 2 ? new Dictionary<string, object> { ["Name"] = parts[0], ["Average"] = parts[1] }
            : key == "TopK" ? new Dictionary<string, object> { ["Name"] = key, ["K"] = 2 } : key;
        return Catalogue<Metric>.Default.From(value);
    }

    private static PredictionSet MakeClasses(double[][] probabilities, int[] actual) => new([.. probabilities.Select((p, r) =>
    {
        var table = new OrderedDictionary();
        for (int c = 0; c < p.Length; c++) table[c.ToString(CultureInfo.InvariantCulture)] = p[c];
        return ((object)actual[r].ToString(CultureInfo.InvariantCulture), (object)Array.IndexOf(p, p.Max()).ToString(CultureInfo.InvariantCulture), (System.Collections.IDictionary?)table);
    })]);

    private static double[] Numbers(JsonNode node) => [.. node.AsArray().Select(v => v!.GetValue<double>())];
}
