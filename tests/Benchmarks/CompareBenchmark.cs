using System.Diagnostics;
using DLExperiments.Data.Synthetic;
using DLExperiments.Networks;
using DLExperiments.Networks.Layers;
using DLExperiments.Reports.Comparison;
using DLExperiments.Reports.Documents;
using DLExperiments.Reports.Plots;
using DLExperiments.Training;

namespace DLExperiments.Benchmarks;

/// <summary>How long a comparison, and a report, of a thousand runs take.</summary>
internal static class CompareBenchmark
{
    internal static void Run(int rounds)
    {
        NetworkDefinition network = NetworkDefinition.Create(new Shape(2)).Add(new LinearLayer { OutFeatures = 2 });
        TrainingResult one = Trainer.Train(TrainingRequest.New(network, new Moons { Count = 100 }.Generate()), new TrainingOptions { Epochs = 20 });
        object[] runs = [.. Enumerable.Range(0, 1000).Select(i => (object)(one with { Options = one.Options with { BatchSize = 1 + i % 20 }, BatchSize = 1 + i % 20, Seed = i / 20, BestValidationLoss = i }))];
        var data = new PlotData(runs);
        for (int i = 0; i < rounds; i++)
        {
            long start = Stopwatch.GetTimestamp();
            int groups = ExperimentGroups.Compare(data, "BestValidationLoss").Count;
            double compared = Stopwatch.GetElapsedTime(start).TotalSeconds;
            string path = Path.Combine(Path.GetTempPath(), $"dlx-benchmark-{Environment.ProcessId}.html");
            start = Stopwatch.GetTimestamp();
            ReportFile.Export(data, new ReportSettings(), path, force: true);
            Console.WriteLine(FormattableString.Invariant($"{runs.Length} runs in {groups} groups: compared in {compared:0.000} s, reported in {Stopwatch.GetElapsedTime(start).TotalSeconds:0.000} s"));
            File.Delete(path);
        }
    }
}
