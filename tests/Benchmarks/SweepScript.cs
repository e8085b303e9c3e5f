using System.Diagnostics;
using System.Globalization;

namespace DLExperiments.Benchmarks;

/// <summary>A session of its own that runs one sweep of a script and says how long it took.</summary>
/// <param name="Wall">Seconds of Invoke-Sweep: planning, starting workers, the folder, gathering.</param>
/// <param name="Trials">Seconds of its trials, added up.</param>
/// <param name="Cpu">Seconds of processor time of the session and all its workers.</param>
internal sealed record SweepScript(double Wall, double Trials, double Cpu)
{
    /// <summary>Runs a sweep.</summary>
    /// <param name="folder">A folder that is there.</param>
    /// <param name="trial">The text of the trial's script.</param>
    /// <param name="sweep">Space and parameters of Invoke-Sweep.</param>
    internal static SweepScript Run(string folder, string trial, string sweep)
    {
        string module = Path.Combine(Child.Root, "module", "DLExperiments"), file = Path.Combine(folder, "trial.ps1");
        File.WriteAllText(file, $"{trial.Replace("<module>", $"Import-Module '{module}'", StringComparison.Ordinal)}\n");
        string script = $$"""
            $ErrorActionPreference = 'Stop'
            Import-Module '{{module}}'
            $clock = [Diagnostics.Stopwatch]::StartNew()
            $rows = Invoke-Sweep {{sweep}} -Script '{{file}}' -Path '{{Path.Combine(folder, "sweep-" + Guid.NewGuid().ToString("N"))}}' -WarningAction SilentlyContinue
            $clock.Stop()
            if (@($rows | Where-Object State -NE Finished).Count) { throw 'the sweep went wrong' }
            $sum = 0.0; foreach ($row in $rows) { $sum += $row.Duration.TotalSeconds }
            [Console]::WriteLine([string]::Format([cultureinfo]::InvariantCulture, 'sweep {0:R} {1:R}', $clock.Elapsed.TotalSeconds, $sum))
            """;
        var start = new ProcessStartInfo("/bin/bash", ["-c", "TIMEFORMAT='cpu %U %S'; { time \"$@\" < /dev/null; } 2>&1", "time", "dotnet", Child.Dlx + ".dll", "-NoProfile", "-NonInteractive", "-Command", script]) { RedirectStandardOutput = true };
        using Process process = Process.Start(start)!;
        string said = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        double[] Numbers(string name) => said.Split('\n').FirstOrDefault(l => l.StartsWith(name + " ", StringComparison.Ordinal)) is { } line
            ? [.. line.Split(' ', StringSplitOptions.RemoveEmptyEntries).Skip(1).Select(n => double.Parse(n, CultureInfo.InvariantCulture))]
            : throw new InvalidOperationException($"The sweep gave no time (build src/DLExperiments.Shell first): {said}");
        double[] sweepTimes = Numbers("sweep");
        return new SweepScript(sweepTimes[0], sweepTimes[1], Numbers("cpu").Sum());
    }
}
