using System.Globalization;

namespace DLExperiments.Benchmarks;

/// <summary>
/// 200 short trials in a Slurm array, on a Slurm of one node that is started for it. What Slurm adds is the wall time of Invoke-Sweep beyond what the same number of the same workers take as processes without Slurm
/// (their start, their trials, the folder); and beside it, beyond the bare time of the trials, added up and shared by the slots.
/// </summary>
internal static class SweepSlurmBenchmark
{
    private const int Trials = 200, Slots = 4;

    // Trials wait instead of computing, so that four slots need no four cores.
    private const string Trial = "param([int] $x)\nStart-Sleep -Milliseconds 1000\n[pscustomobject]@{ Loss = $x }";

    internal static void Run(int rounds)
    {
        if (SlurmNode.Missing is { } missing)
        {
            Console.WriteLine($"not measured: {missing}");
            return;
        }
        string root = Directory.CreateTempSubdirectory("dlx-slurm").FullName;
        Console.WriteLine($"{Machine.Describe()}; {rounds} rounds. {Trials} trials of 1 s in {Slots} slots. Goal: under 10 % added to the workers' own time.");
        try
        {
            using SlurmNode node = SlurmNode.Start(Path.Combine(root, "node"));
            for (int round = 0; round < rounds; round++)
            {
                SweepScript bare = Sweep(root, "Processes");
                foreach (string launcher in new[] { "Slurm", "@{ Name = 'Slurm'; TrialsPerTask = 25 }" })
                {
                    SweepScript one = Sweep(root, launcher);
                    Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                        $"{launcher,-40} wall {one.Wall:0.0} s: {one.Wall / bare.Wall - 1:P1} added to the {bare.Wall:0.0} s of the same workers without Slurm, {one.Wall / (one.Trials / Slots) - 1:P1} to the {one.Trials / Slots:0.0} s of their trials"));
                }
            }
        }
        finally
        {
            Directory.Delete(root, recursive: true);
        }
    }

    private static SweepScript Sweep(string root, string launcher) =>
        SweepScript.Run(root, Trial, FormattableString.Invariant($"@{{ x = 1..{Trials} }} -Metric Loss -ThrottleLimit {Slots} -Launcher {launcher}"));
}
