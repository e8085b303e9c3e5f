using System.Diagnostics;
using System.Globalization;
using DLExperiments.Data;
using DLExperiments.Losses;
using DLExperiments.Networks;
using DLExperiments.Training;
using DLExperiments.Training.Engines;
using DLExperiments.Training.Fused;
using DLExperiments.Training.Objectives;
using DLExperiments.Training.Optimizers;

namespace DLExperiments.Benchmarks;

/// <summary>The fused engine's bare steps with vectors of each width, in turns: what <see cref="FusedStepEngine.ChooseVectorBits"/> should choose.</summary>
internal static class WidthBenchmark
{
    private static readonly int[][] Sizes = [[4, 3], [8, 8, 4], [4, 16, 3], [32, 64, 4], [13, 100, 1], [100, 40, 10], [784, 128, 10], [512, 512, 10]];

    internal static void Run(int rounds)
    {
        int[] widths = [.. new[] { 512, 256, 128, 32 }.Where(w => w <= FusedStepEngine.WidestVectorBits)];
        Console.WriteLine($"us/step, least of {rounds} rounds (batch 32, Adam); * is what the engine chooses");
        foreach (int[] sizes in Sizes)
        {
            var one = new FusedCase(sizes, 32, "Adam", 0, 0);
            (Dataset data, _, _) = one.MakeData();
            NetworkDefinition network = one.MakeNetwork();
            Loss loss = one.Classifies ? new CrossEntropyLoss() : new MeanSquaredErrorLoss();
            PreparedPiece piece = PreparedPiece.Create(data, Preprocessing.None, network, loss, data.ClassNames);
            var settings = new EngineSettings(network, WeightSet.Initialise(network, 0), new SupervisedObjective { Loss = loss }, new AdamOptimizer(), piece, 32, 0, "cpu", 1);
            double[] least = [.. widths.Select(_ => double.MaxValue)];
            FusedStepEngine[] engines = [.. widths.Select(w => new FusedStepEngine(settings, w))];
            for (int round = 0; round < rounds; round++)
                for (int w = 0; w < widths.Length; w++) least[w] = Math.Min(least[w], Time(engines[w], piece.Count / 32));
            foreach (FusedStepEngine engine in engines) engine.Dispose();
            Console.WriteLine($"{string.Join('-', sizes),-14}" + string.Concat(widths.Select((w, i) => string.Create(CultureInfo.InvariantCulture,
                $"{w,6}: {least[i],8:0.00}{(w == FusedStepEngine.ChooseVectorBits(network) ? "*" : " ")}"))));
        }
    }

    private static double Time(FusedStepEngine engine, int steps)
    {
        var totals = new MeasureTotals(engine.Measures);
        engine.BeginEpoch([]);
        long start = Stopwatch.GetTimestamp();
        for (int step = 0; step < steps; step++) engine.Train(step * 32, 32, step, 1e-3, totals);
        return Stopwatch.GetElapsedTime(start).TotalMicroseconds / steps;
    }
}
