using System.Collections.Specialized;
using System.Diagnostics;
using System.Globalization;
using System.Text.Json.Nodes;
using DLExperiments.Sweeps;
using DLExperiments.Sweeps.Running;
using DLExperiments.Sweeps.Samplers;
using DLExperiments.Sweeps.Spaces;
using DLExperiments.Sweeps.Store;
using DLExperiments.Sweeps.Tables;

namespace DLExperiments.Benchmarks;

/// <summary>What the folder costs: the overhead of a trial that does nothing, and reading 5,000 finished trials with curves of 50 epochs.</summary>
internal static class SweepFolderBenchmark
{
    internal static void Run()
    {
        string root = Directory.CreateTempSubdirectory("dlx-bench").FullName;
        try
        {
            var plan = new SweepPlan
            {
                Space = SweepSpace.From(new OrderedDictionary { ["LearningRate"] = "log 1e-4..1e-1", ["Units"] = "int 16..256", ["Optimizer"] = "Adam, SGD", ["Momentum"] = "0..0.9 when Optimizer = SGD" }),
                Sampler = new RandomSampler(), Points = 5000, Objectives = [new("BestValidationLoss", SweepGoal.Auto)],
            };
            SweepFolder folder = SweepFolder.Create(Path.Combine(root, "sweep"), plan);
            long start = Stopwatch.GetTimestamp();
            new SweepRunner(folder) { Workers = 1 }.Run(() => new Nothing(), default);
            double overhead = Stopwatch.GetElapsedTime(start).TotalMilliseconds / 5000;
            var reads = new List<double>();
            int rows = 0;
            for (int i = 0; i < 5; i++)
            {
                start = Stopwatch.GetTimestamp();
                rows = SweepTable.Read(SweepFolder.Open(folder.Path)).Sum(t => t.Columns(plan).Count > 0 ? 1 : 0);
                reads.Add(Stopwatch.GetElapsedTime(start).TotalSeconds);
            }
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"overhead of a trial, one worker: {overhead:0.00} ms (goal 20); reading {rows} trials: first {reads[0]:0.00} s, then {reads.Min():0.00} s (goal 2)"));
        }
        finally
        {
            Directory.Delete(root, recursive: true);
        }
    }

    private sealed class Nothing : TrialBody
    {
        public override JsonObject Run(TrialAssignment trial, CancellationToken cancellation)
        {
            var output = new JsonObject { ["BestValidationLoss"] = (double)trial.Setting["LearningRate"]! };
            for (int i = 0; i < 25; i++) output[$"Property{i}"] = i * .37;
            return output;
        }
    }
}
