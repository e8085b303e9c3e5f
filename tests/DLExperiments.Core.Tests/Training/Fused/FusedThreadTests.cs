using DLExperiments.Data;
using DLExperiments.Losses;
using DLExperiments.Networks;
using DLExperiments.Networks.Layers;
using DLExperiments.Training;
using DLExperiments.Training.Engines;
using DLExperiments.Training.Fused;
using DLExperiments.Training.Objectives;
using DLExperiments.Training.Optimizers;
using DLExperiments.Training.Regularisers;
using DLExperiments.Training.Updates;

namespace DLExperiments.Tests.Training.Fused;

/// <summary>Wide layers share their work among threads, and nothing but time depends on how many.</summary>
public class FusedThreadTests
{
    private const int Rows = 33;

    // Sizes that no vector, tile or block divides; 515 · 529 · 33 products are enough to share.
    private static readonly NetworkDefinition Wide = NetworkDefinition.Create(new Shape(19)).Add(new LinearLayer { OutFeatures = 515 }).Add(new ReLULayer())
        .Add(new LinearLayer { OutFeatures = 529 }).Add(new DropoutLayer { P = 0.2 }).Add(new TanhLayer()).Add(new LinearLayer { OutFeatures = 3 });

    [Theory]
    [InlineData(512, false)]
    [InlineData(256, true)]
    [InlineData(128, false)]
    [InlineData(32, true)]
    public void Any_number_of_threads_gives_the_same_bits(int bits, bool withRules)
    {
        var rules = withRules ? new UpdateRules { Regularisers = [new L2Regulariser { Lambda = 1e-3 }], ReportNorms = true } : UpdateRules.None;
        float[][] weights = [.. new[] { 1, 2, 3, 7 }.Select(threads =>
        {
            using var engine = new FusedStepEngine(Settings(Wide, threads) with { Rules = rules }, bits);
            Assert.Equal(threads, engine.Threads);
            return Walk(engine);
        })];
        foreach (float[] other in weights[1..]) Assert.Equal(weights[0], other);
    }

    [Fact]
    public void Small_networks_use_one_thread_whatever_is_allowed()
    {
        using var engine = new FusedStepEngine(Settings(TrainingData.Mlp(19, 3, 64), 4));
        Assert.Equal(1, engine.Threads);
    }

    [Fact]
    public void Shared_steps_allocate_nothing()
    {
        using var engine = new FusedStepEngine(Settings(Wide, 2));
        var totals = new MeasureTotals(engine.Measures);
        for (int step = 0; step < 10; step++) engine.Train(0, Rows, step, 1e-3, totals);
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int step = 10; step < 60; step++) engine.Train(0, Rows, step, 1e-3, totals);
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    private static EngineSettings Settings(NetworkDefinition network, int threads)
    {
        var loss = new CrossEntropyLoss();
        (Dataset data, _) = FusedCases.Data(loss, "CrossEntropy", Rows, 19);
        PreparedPiece piece = PreparedPiece.Create(data, Preprocessing.None, network, loss, data.ClassNames);
        return new EngineSettings(network, WeightSet.Initialise(network, 4), new SupervisedObjective { Loss = loss }, new AdamOptimizer(), piece, Rows, 9, "cpu", threads);
    }

    private static float[] Walk(FusedStepEngine engine)
    {
        var totals = new MeasureTotals(engine.Measures);
        engine.BeginEpoch([]);
        for (int step = 0; step < 12; step++) engine.Train(0, Rows, step, 1e-3, totals);
        return [.. engine.ExportWeights().Tensors.SelectMany(t => t.Values)];
    }
}
