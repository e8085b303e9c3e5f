using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace DLExperiments.Benchmarks;

/// <summary>A Slurm of one node in a folder of its own, with daemons of its own; for measurements.</summary>
internal sealed class SlurmNode : IDisposable
{
    private readonly string folder;

    private SlurmNode(string folder) => this.folder = folder;

    /// <summary>Why there is no Slurm to be started here; null when there is.</summary>
    internal static string? Missing => !OperatingSystem.IsLinux() ? "Slurm is for Linux"
        : Environment.UserName != "root" ? "slurmd needs root"
        : Shell("for p in sbatch slurmctld slurmd munged; do command -v $p || echo none; done").Contains("none", StringComparison.Ordinal) ? "slurm-wlm and munge are not installed" : null;

    internal static SlurmNode Start(string folder)
    {
        foreach (string part in new[] { "munge", "state", "spool" }) Directory.CreateDirectory(Path.Combine(folder, part));
        string name = Shell("hostname -s").Trim();
        File.WriteAllText(Path.Combine(folder, "slurm.conf"), $"""
            ClusterName=bench
            SlurmctldHost={name}(127.0.0.1)
            SlurmctldPort={FreePort()}
            SlurmdPort={FreePort()}
            AuthType=auth/munge
            AuthInfo=socket={folder}/munge.socket,cred_expire=1
            SlurmUser=root
            SlurmdUser=root
            StateSaveLocation={folder}/state
            SlurmdSpoolDir={folder}/spool
            SlurmctldPidFile={folder}/slurmctld.pid
            SlurmdPidFile={folder}/slurmd.pid
            SlurmctldLogFile={folder}/slurmctld.log
            SlurmdLogFile={folder}/slurmd.log
            ProctrackType=proctrack/linuxproc
            TaskPlugin=task/none
            SwitchType=switch/none
            MpiDefault=none
            SelectType=select/cons_tres
            SelectTypeParameters=CR_CPU
            SlurmdParameters=config_overrides
            ReturnToService=2
            NodeName={name} NodeAddr=127.0.0.1 CPUs=8 State=UNKNOWN
            PartitionName=main Nodes={name} Default=YES MaxTime=INFINITE State=UP

            """);
        Environment.SetEnvironmentVariable("SLURM_CONF", Path.Combine(folder, "slurm.conf"));
        Shell($"chmod 755 {folder} {Path.GetDirectoryName(folder)}; chmod 700 {folder}/munge; head -c 1024 /dev/urandom > {folder}/munge/key; chmod 600 {folder}/munge/key; "
            + $"munged --force --key-file={folder}/munge/key --socket={folder}/munge.socket --pid-file={folder}/munge/munged.pid --log-file={folder}/munge/log --seed-file={folder}/munge/seed; slurmctld -c; slurmd");
        long from = Stopwatch.GetTimestamp();
        while (Shell("sinfo --noheader --format=%T").Trim() != "idle")
            if (Stopwatch.GetElapsedTime(from) > TimeSpan.FromSeconds(30)) throw new InvalidOperationException($"Slurm does not start: {Shell($"tail -3 {folder}/*.log")}");
            else Thread.Sleep(200);
        return new SlurmNode(folder);
    }

    public void Dispose()
    {
        foreach (string file in new[] { "slurmd.pid", "slurmctld.pid", "munge/munged.pid" })
            Shell($"id=$(cat {folder}/{file}) && kill $id && for i in $(seq 100); do [ -e /proc/$id ] || break; sleep 0.1; done");
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    // The daemons keep the error stream; only what is written to the other is waited for.
    private static string Shell(string command)
    {
        using Process process = Process.Start(new ProcessStartInfo("/bin/sh", ["-c", $"{{ {command}\n}} 2>/dev/null"]) { RedirectStandardOutput = true })!;
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return output;
    }
}
