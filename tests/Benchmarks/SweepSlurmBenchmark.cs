using System.Globalization;

namespace DLExperiments.Benchmarks;

/// <summary>
/// 200 short trials in a Slurm array, on a Slurm of one node that is started for it. What Slurm adds is the wall time of Invoke-Sweep beyond the workers' own time, which is the time that their trials
/// took, added up and shared by the slots; and beside it, beyond what the same workers take as processes without Slurm.
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
        Console.WriteLine($"{Machine.Describe()}; {rounds} rounds. {Trials} trials of 1 s in {Slots} slots. Added to the workers' own time (their trials' time over the slots): goal under 10 %.");
        try
        {
            using SlurmNode node = SlurmNode.Start(Path.Combine(root, "node"));
            for (int round = 0; round < rounds; round++)
            {
                foreach (string launcher in new[] { "Slurm", "@{ Name = 'Slurm'; TrialsPerTask = 25 }", "Processes" })
                {
                    SweepScript one = SweepScript.Run(root, Trial, FormattableString.Invariant($"@{{ x = 1..{Trials} }} -Metric Loss -ThrottleLimit {Slots} -Launcher {launcher}"));
                    Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{launcher,-40} wall {one.Wall:0.0} s, workers' own {one.Trials / Slots:0.0} s: {one.Wall / (one.Trials / Slots) - 1:P1} added"));
                }
            }
        }
        finally
        {
            Directory.Delete(root, recursive: true);
        }
    }
}
