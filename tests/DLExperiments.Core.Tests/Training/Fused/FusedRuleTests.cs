using DLExperiments.Data;
using DLExperiments.Errors;
using DLExperiments.Losses;
using DLExperiments.Networks;
using DLExperiments.Networks.Layers;
using DLExperiments.Randomness;
using DLExperiments.Training;
using DLExperiments.Training.Engines;
using DLExperiments.Training.Fused;
using DLExperiments.Training.Fused.Lanes;
using DLExperiments.Training.Objectives;
using DLExperiments.Training.Optimizers;
using DLExperiments.Training.Regularisers;
using DLExperiments.Training.Updates;

namespace DLExperiments.Tests.Training.Fused;

/// <summary>Penalties, clipping, parts of batches, factors of the rate, averages, norms and weights of rows: the same path in both engines.</summary>
public class FusedRuleTests : IClassFixture<TorchFixture>
{
    // As in the matrix of layers, losses and optimizers.
    private const double Tolerance = 2e-4;

    // Parts of 7, 7 and 6 rows. Batches of 16 of the 40 rows leave parts of 2, in which batch normalisation gives d/sqrt(d^2 + eps) of the rows' distance d: where rows are
    // near each other, a step of 1/sqrt(eps) = 300 times their rounding, and both engines are 4e-4 away from the same training in 64 bits.
    private const int PartsBatch = 20;

    private static readonly Dictionary<string, UpdateRules> Rules = new()
    {
        ["L1"] = Penalise(new L1Regulariser { Lambda = 0.01 }),
        ["L1Proximal"] = Penalise(new L1Regulariser { Lambda = 0.01, Proximal = true, Bias = true }),
        ["L2"] = Penalise(new L2Regulariser { Lambda = 0.02, Layer = ["linear_1"] }),
        ["ElasticNet"] = Penalise(new ElasticNetRegulariser { Lambda = 0.01, L1Factor = 0.4, L2Factor = 0.7, Bias = true }),
        ["ElasticNetProximal"] = Penalise(new ElasticNetRegulariser { Lambda = 0.01, L1Factor = 0.4, Proximal = true }),
        ["TwoPenalties"] = Penalise(new L1Regulariser { Lambda = 0.01, Layer = ["linear_2"] }, new L2Regulariser { Lambda = 0.02 }),
        ["ClipNorm"] = new() { ClipNorm = 0.1 },
        ["ClipValue"] = new() { ClipValue = 0.02 },
        ["ClipBoth"] = new() { ClipNorm = 0.1, ClipValue = 0.03, ReportNorms = true },
        ["BatchParts"] = new() { BatchParts = 3 },
        ["Factors"] = new() { LearningRateFactors = new Dictionary<string, double> { ["linear_1"] = 0.1, ["*.bias"] = 2, ["linear_2.weight"] = 0 } },
        ["WeightAverage"] = new() { WeightAverage = 0.9 },
        ["Norms"] = new() { ReportNorms = true },
        ["All"] = new()
        {
            Regularisers = [new ElasticNetRegulariser { Lambda = 0.01, Proximal = true }], ClipNorm = 0.2, ClipValue = 0.1, BatchParts = 2, WeightAverage = 0.8,
            ReportNorms = true, LearningRateFactors = new Dictionary<string, double> { ["linear_*"] = 0.5 },
        },
    };

    private static readonly NetworkDefinition Network = NetworkDefinition.Create(new Shape(5)).Add(new LinearLayer { OutFeatures = 9 }).Add(new BatchNorm1dLayer())
        .Add(new TanhLayer()).Add(new DropoutLayer { P = 0.2 }).Add(new LinearLayer { OutFeatures = 3 });

    public static TheoryData<string> Names => [.. Rules.Keys];

    public static TheoryData<string> Losses => [.. FusedCases.Losses.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void Rules_with_every_optimizer_agree_with_torch(string name)
    {
        var apart = new List<string>();
        (Dataset data, _) = FusedCases.Data(new CrossEntropyLoss(), "CrossEntropy");
        foreach ((string optimizerName, Optimizer optimizer) in FusedCases.Optimizers)
        {
            var options = new TrainingOptions
            {
                Optimizer = optimizer, Rules = Rules[name], BalanceClasses = true, Epochs = 67, BatchSize = name == "BatchParts" ? PartsBatch : 16, Seed = 3, Engine = EngineChoice.Torch,
            };
            TrainingRequest request = TrainingRequest.New(Network, data, data);
            TrainingResult torch = Trainer.Train(request, options), fused = Trainer.Train(request, options with { Engine = EngineChoice.Fused });
            Assert.Equal("Fused", Trainer.Train(request, options with { Engine = EngineChoice.Auto, Epochs = 1 }).Engine);
            (string What, double By)[] differences =
            [
                ("losses", Most(torch, fused, e => e.TrainingLoss)), ("validation", Most(torch, fused, e => e.ValidationLoss)), ("penalties", Most(torch, fused, e => e.Penalty)),
                ("gradient norms", Most(torch, fused, e => e.GradientNorm)), ("weight norms", Most(torch, fused, e => e.WeightNorm)),
                ("weights", torch.Model.Weights.Tensors.Zip(fused.Model.Weights.Tensors).Max(p => p.First.Values.Zip(p.Second.Values).Max(v => Difference(v.First, v.Second)))),
            ];
            if (differences.Any(d => !(d.By < Tolerance))) apart.Add($"{optimizerName}: {string.Join(", ", differences.Select(d => $"{d.What} {d.By:g2}"))}");
        }
        Assert.True(apart.Count == 0, string.Join('\n', apart));
    }

    [Fact]
    public void Both_engines_follow_the_parts_of_a_batch_as_64_bits_do()
    {
        (Dataset data, _) = FusedCases.Data(new CrossEntropyLoss(), "CrossEntropy");
        var apart = new List<string>();
        foreach ((string name, Optimizer optimizer) in FusedCases.Optimizers)
        {
            var options = new TrainingOptions { Optimizer = optimizer, Rules = Rules["BatchParts"], BalanceClasses = true, Epochs = 67, BatchSize = PartsBatch, Seed = 3 };
            TrainingSetup setup = TrainingSetup.Create(TrainingRequest.New(Network, data, data), options);
            var settings = new EngineSettings(Network, WeightSet.Initialise(Network, 3), setup.Objective, optimizer, setup.Train, PartsBatch, 3, "cpu", 1) { Rules = options.Rules, StartingRate = options.StartingRate };
            using var torch = new TorchStepEngine(settings);
            using var fused = new FusedStepEngine(settings);
            using FusedRun exact = new FusedRun<Lanes256<double>, double>(settings);
            int[] order = new int[setup.Train.Count];
            MeasureTotals[] totals = [new(torch.Measures), new(torch.Measures), new(torch.Measures)];
            for (int step = 0; step < 134; step++)
            {
                int first = step * PartsBatch % order.Length;
                if (first == 0)
                {
                    for (int i = 0; i < order.Length; i++) order[i] = i;
                    new RandomStream(3, RandomPurpose.Shuffle, 0, step).Shuffle<int>(order);
                    torch.BeginEpoch(order);
                    fused.BeginEpoch(order);
                    exact.BeginEpoch(order);
                }
                torch.Train(first, PartsBatch, step, options.StartingRate, totals[0]);
                fused.Train(first, PartsBatch, step, options.StartingRate, totals[1]);
                exact.Train(first, PartsBatch, step, options.StartingRate, totals[2]);
            }
            float[] wanted = Flat(exact.ExportWeights());
            double Away(IStepEngine engine) => wanted.Zip(Flat(engine.ExportWeights())).Max(v => Difference(v.First, v.Second));
            // 134 steps of 32 bits: 4e-6 at most, by AdamW, whose first steps divide small gradients by their own size.
            if (Math.Max(Away(torch), Away(fused)) is var most && !(most < 1e-5)) apart.Add($"{name} {most:g2}");
        }
        Assert.True(apart.Count == 0, string.Join('\n', apart));
    }

    [Theory]
    [MemberData(nameof(Losses))]
    public void Weights_of_rows_with_every_loss_agree_with_torch(string name)
    {
        Loss loss = FusedCases.Losses[name];
        (Dataset data, int outputs) = FusedCases.Data(loss, name);
        NetworkDefinition network = FusedCases.Network(new TanhLayer(), outputs);
        float[] weights = [.. Enumerable.Range(0, data.Count).Select(i => i % 5 * 0.5f)]; // every fifth row counts nothing
        PreparedPiece piece = PreparedPiece.Create(data, Preprocessing.None, network, loss, data.ClassNames, weights);
        var settings = new EngineSettings(network, WeightSet.Initialise(network, 4), new SupervisedObjective { Loss = loss }, new AdamOptimizer { Eps = 1e-3 }, piece, 16, 9, "cpu", 1);
        using var torch = new TorchStepEngine(settings);
        using var fused = new FusedStepEngine(settings);
        var totals = new Dictionary<IStepEngine, MeasureTotals> { [torch] = new(torch.Measures), [fused] = new(fused.Measures) };
        foreach ((IStepEngine engine, MeasureTotals sums) in totals)
        {
            engine.BeginEpoch([]);
            for (int step = 0; step < 200; step++) engine.Train(step % 3 * 12, 16, step, 1e-3, sums);
            engine.Evaluate(piece, sums);
        }
        Assert.Equal(totals[torch].Mean("Loss")!.Value, totals[fused].Mean("Loss")!.Value, Tolerance);
        Assert.Equal(totals[torch].Export().Weights[0], totals[fused].Export().Weights[0], 1e-3); // sums of halves: exact but for the order
        foreach ((WeightTensor a, WeightTensor b) in torch.ExportWeights().Tensors.Zip(fused.ExportWeights().Tensors))
            for (int i = 0; i < a.Values.Length; i++) Assert.True(Difference(a.Values[i], b.Values[i]) < Tolerance, $"{a.Name}[{i}] is {a.Values[i]} and {b.Values[i]}");
    }

    [Fact]
    public void Steps_with_all_rules_allocate_nothing_and_go_on_from_a_snapshot_with_the_same_bits()
    {
        EngineSettings settings = FusedStepEngineTests.Settings(Network, new AdamOptimizer()) with { Rules = Rules["All"] };
        using var straight = new FusedStepEngine(settings);
        float[] expected = FusedStepEngineTests.Walk(straight, 0, 40, dispose: false);
        using var first = new FusedStepEngine(settings);
        FusedStepEngineTests.Walk(first, 0, 23, dispose: false);
        using var second = new FusedStepEngine(settings with { Weights = first.ExportWeights() });
        second.ImportOptimizers(first.ExportOptimizers());
        Assert.Equal(expected, FusedStepEngineTests.Walk(second, 23, 40, dispose: false));
        Assert.Equal(Flat(straight.ExportResult()), Flat(second.ExportResult()));
        Assert.NotEqual(Flat(second.ExportWeights()), Flat(second.ExportResult()));

        var totals = new MeasureTotals(second.Measures);
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int step = 40; step < 1040; step++) second.Train(step % 2 * 16, 16, step, 1e-3, totals);
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    [Fact]
    public void A_regulariser_outside_of_the_scope_is_named()
    {
        (Dataset data, _) = FusedCases.Data(new CrossEntropyLoss(), "CrossEntropy");
        var options = new TrainingOptions { Epochs = 1, Rules = Penalise(new ActivationRegulariser { Lambda = 0.1 }) };
        var error = Assert.Throws<ExperimentException>(() => Trainer.Train(TrainingRequest.New(Network, data), options with { Engine = EngineChoice.Fused }));
        Assert.Equal("EngineNotApplicable", error.ErrorId);
        Assert.Contains("regulariser Activation", error.Message, StringComparison.Ordinal);
        TrainingResult auto = Trainer.Train(TrainingRequest.New(Network, data), options);
        Assert.Equal("Torch", auto.Engine);
        Assert.Contains("regulariser Activation", auto.EngineReason, StringComparison.Ordinal);
    }

    private static UpdateRules Penalise(params Regulariser[] regularisers) => new() { Regularisers = regularisers };

    private static float[] Flat(WeightSet weights) => [.. weights.Tensors.SelectMany(t => t.Values)];

    private static double Most(TrainingResult torch, TrainingResult fused, Func<EpochResult, double?> value) => torch.History.Zip(fused.History)
        .Max(p => value(p.First) is { } a ? value(p.Second) is { } b ? Difference(a, b) : double.PositiveInfinity : value(p.Second) is null ? 0 : double.PositiveInfinity);

    // The greatest of several passes over what is not a number.
    private static double Difference(double a, double b) => double.IsFinite(a - b) ? Math.Abs(a - b) / Math.Max(1, Math.Abs(a)) : double.PositiveInfinity;
}
