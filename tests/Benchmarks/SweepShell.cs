using System.Diagnostics;
using System.Globalization;

namespace DLExperiments.Benchmarks;

/// <summary>A dlx that holds the data and runs the same sweep again and again, as a session does; it says how long each took.</summary>
internal sealed class SweepShell : IDisposable
{
    private const string Script = """
        param($folder, $sizes, $batch, $epochs, $trials, $classes, $module)
        $ErrorActionPreference = 'Stop'
        Import-Module $module
        $floats = { param($file) $bytes = [IO.File]::ReadAllBytes("$folder/$file"); $values = [float[]]::new($bytes.Length / 4); [Buffer]::BlockCopy($bytes, 0, $values, 0, $bytes.Length); , $values }
        $x = & $floats x.bin
        $y = & $floats y.bin
        $features = [DLExperiments.Data.FloatColumn]::new('x', [DLExperiments.Networks.Shape]::Parse($sizes[0]), $x)
        $target = if ($classes) { [DLExperiments.Data.ClassColumn]::new('y', [int[]]$y, [string[]](0..($sizes[-1] - 1))) } else { [DLExperiments.Data.FloatColumn]::new('y', [DLExperiments.Networks.Shape]::Parse(1), $y) }
        $data = [DLExperiments.Data.Dataset]::Create('rows', [DLExperiments.Data.DataColumn[]]@($features), [DLExperiments.Data.DataColumn[]]@($target), $null, $null)
        $network = New-Network $sizes[0] | Add-Layer Linear $sizes[1] -Activation ReLU | Add-Layer Linear $sizes[2]
        while ($null -ne [Console]::ReadLine()) {
            $path = "$folder/sweep-$([guid]::NewGuid())"
            $clock = [Diagnostics.Stopwatch]::StartNew()
            $rows = Invoke-Sweep @{ LearningRate = 'log 1e-4..1e-2' } -Network $network -Dataset $data -Training @{ Epochs = $epochs; BatchSize = $batch } -Metric FinalTrainingLoss -Trials $trials -Sampler Random -Path $path
            $best = $rows | Sort-Object Value | Select-Object -First 1
            $clock.Stop()
            if (@($rows).Count -ne $trials -or $best.State -ne 'Finished') { throw 'the sweep went wrong' }
            [Console]::WriteLine($clock.Elapsed.TotalSeconds.ToString('R', [cultureinfo]::InvariantCulture))
        }
        """;

    private readonly Process process;

    private SweepShell(Process process) => this.process = process;

    internal static SweepShell Start(string folder, int[] sizes, int batch, int epochs, int trials, bool classes)
    {
        string root = Child.Root, file = Path.Combine(folder, "sweep.ps1");
        File.WriteAllText(file, Script);
        string command = string.Create(CultureInfo.InvariantCulture,
            $"& '{file}' '{folder}' {string.Join(',', sizes)} {batch} {epochs} {trials} ${(classes ? "true" : "false")} '{Path.Combine(root, "module", "DLExperiments")}'");
        var start = new ProcessStartInfo("dotnet", [Path.Combine(root, "src", "DLExperiments.Shell", "bin", "Release", "net10.0", "dlx.dll"), "-NoProfile", "-NonInteractive", "-Command", command])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        };
        return new SweepShell(Process.Start(start)!);
    }

    /// <summary>Runs the sweep and gives its seconds.</summary>
    internal double Sweep()
    {
        process.StandardInput.WriteLine();
        process.StandardInput.Flush();
        for (; ; )
        {
            string line = process.StandardOutput.ReadLine() ?? throw new InvalidOperationException("The shell ended; build src/DLExperiments.Shell first.");
            if (double.TryParse(line, NumberStyles.Float, CultureInfo.InvariantCulture, out double seconds)) return seconds;
        }
    }

    public void Dispose()
    {
        process.StandardInput.Close();
        process.WaitForExit(5000);
        process.Dispose();
    }
}
