using System.Globalization;
using DLExperiments.Randomness;

namespace DLExperiments.Benchmarks;

/// <summary>A small table trained by a process of its own, from start to exit: <c>dlx -Command</c> beside a Python script that imports torch and does the same.</summary>
internal static class ColdBenchmark
{
    private const string Script = """
        $iris = Import-Csv '{0}' | ConvertTo-Dataset -Target Species | Split-Dataset -Ratio .8, .2 -Stratify -Seed 7
        $run = New-Network -InputShape 4 | Add-Layer Linear 16 -Activation ReLU | Add-Layer Linear 3 |
            Invoke-Training -Dataset $iris -Loss CrossEntropy -Optimizer Adam -LearningRate 1e-2 -Epochs 60
        "$($run.FinalValidationLoss) $($run.ValidationAccuracy)"
        """;

    internal static void Run(int rounds)
    {
        Console.WriteLine($"{Machine.Describe()}; {rounds} rounds; 150 rows, 4-16-3, 60 epochs, batches of 32; seconds from start to exit (least - median - greatest)");
        string folder = Directory.CreateTempSubdirectory("dlx-bench").FullName, csv = Path.Combine(folder, "flowers.csv");
        WriteTable(csv);
        (string Name, string Program, string[] Arguments)[] programs =
        [
            ("dlx -Command", Child.Dlx, ["-NoProfile", "-Command", string.Format(CultureInfo.InvariantCulture, Script, csv)]),
            ("python3 with torch", "/usr/bin/python3", [Path.Combine(AppContext.BaseDirectory, "py", "flowers.py"), csv]),
            ("dlx, Import-Module", Child.Dlx, ["-NoProfile", "-Command", "Import-Module DLExperiments"]),
            ("dlx, nothing", Child.Dlx, ["-NoProfile", "-Command", "1"]),
            ("python3, import torch", "/usr/bin/python3", ["-c", "import torch"]),
        ];
        List<Timing>[] times = [.. programs.Select(_ => new List<Timing>())];
        for (int round = -1; round < rounds; round++)
            for (int i = 0; i < programs.Length; i++)
                if (Child.Time(programs[i].Program, programs[i].Arguments) is { } time && round >= 0) times[i].Add(time);
        Directory.Delete(folder, recursive: true);
        for (int i = 0; i < programs.Length; i++)
            Console.WriteLine(times[i].Count == 0 ? $"{programs[i].Name,-22} cannot be run here"
                : $"{programs[i].Name,-22} wall {Spread.Of(times[i].Select(t => t.Wall / 1e6)),-22} CPU {Spread.Of(times[i].Select(t => t.Cpu / 1e6))}");
        if (times[0].Count > 0 && times[0].Count == times[1].Count)
            Console.WriteLine($"{"python / dlx",-22} wall {Spread.Ratio(times[1], times[0], t => t.Wall),-22} CPU {Spread.Ratio(times[1], times[0], t => t.Cpu)}   goal 5");
    }

    /// <summary>Three kinds of flowers with four measures each, about as far apart as those of the famous table.</summary>
    private static void WriteTable(string path)
    {
        var random = new RandomStream(5, RandomPurpose.Synthesis);
        double[][] means = [[5.0, 3.4, 1.5, 0.2], [5.9, 2.8, 4.3, 1.3], [6.6, 3.0, 5.6, 2.0]];
        File.WriteAllLines(path, ["SepalLength,SepalWidth,PetalLength,PetalWidth,Species", .. Enumerable.Range(0, 150).Select(i =>
            string.Join(',', means[i % 3].Select(m => (m + (0.3 * random.NextNormal())).ToString("0.0", CultureInfo.InvariantCulture))) + ",kind" + (i % 3))]);
    }
}
