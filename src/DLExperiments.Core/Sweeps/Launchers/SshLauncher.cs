using System.Collections;
using System.ComponentModel.DataAnnotations;
using DLExperiments.Catalogues;
using DLExperiments.Errors;
using DLExperiments.Sweeps.Launchers.Ssh;
using DLExperiments.Sweeps.Launchers.Workers;

namespace DLExperiments.Sweeps.Launchers;

/// <summary>
/// Trials in workers on other machines, which are reached by the system's <c>ssh</c> with the user's keys and configuration and see the sweep's folder on a file system that they share. A machine
/// that cannot be reached, or goes away, leaves its trials to the others. Workers end when the connection does.
/// </summary>
[CatalogueEntry("Ssh")]
public sealed class SshLauncher : Launcher
{
    private List<SshHost> hosts = [];

    /// <summary>How many trials run at once on each machine; 0 shares ThrottleLimit out evenly, and is 1 where none is given.</summary>
    [Range(0, 10_000)]
    public int Workers { get; set; }

    /// <summary>The program that runs workers there, pwsh or dlx, by name or full path; the one that runs this session when not given.</summary>
    public string? Program { get; set; }

    /// <summary>The module there, by name or path of its manifest; the path that it has here when not given.</summary>
    public string? Module { get; set; }

    /// <summary>The sweep's folder as the machines see it; the path that it has here when not given.</summary>
    public string? Folder { get; set; }

    /// <summary>The port; that of ssh's configuration when not given.</summary>
    [Range(1, 65535)]
    public int? Port { get; set; }

    /// <summary>A file with the private key; those of ssh's configuration and agent when not given.</summary>
    public string? KeyFile { get; set; }

    /// <summary>More options for ssh -o, such as ProxyJump=gate.</summary>
    public string[] Option { get; set; } = [];

    /// <summary>Seconds that a connection may take to come about.</summary>
    [Range(1, 3600)]
    public int ConnectTime { get; set; } = 10;

    /// <summary>Seconds that stopped workers may take to put their trials back.</summary>
    [Range(1.0, 3600.0)]
    public double StopTime { get; set; } = 30;

    /// <inheritdoc/>
    public override IReadOnlyList<string> Hosts => [.. hosts.Select(h => h.Address)];

    /// <inheritdoc/>
    public override int UsualWorkers => Math.Max(1, hosts.Sum(h => Math.Max(1, h.Settings.Workers)));

    /// <inheritdoc/>
    public override int? ThreadsFor(int workers) => null;

    /// <summary>Adds a machine.</summary>
    /// <param name="host">Its address (<c>host</c>, <c>user@host</c>, or a name of ssh's configuration), or a table with that as Name and settings of its own: <c>@{ Name = 'b'; Workers = 16 }</c>.</param>
    /// <exception cref="ExperimentException">InvalidHost; UnknownParameter and the like for its settings.</exception>
    public void AddHost(object host)
    {
        var own = (SshLauncher)MemberwiseClone();
        own.hosts = [];
        string? name = host as string;
        if (host is IDictionary table)
        {
            CatalogueEntry entry = Catalogue<Launcher>.Default.EntryOf(this);
            foreach (DictionaryEntry item in table)
            {
                if (item.Key.ToString()!.Equals("Name", StringComparison.OrdinalIgnoreCase)) name = item.Value?.ToString();
                else entry.FindParameter(item.Key.ToString()!).Set(own, item.Value, entry.Name);
            }
        }
        // What begins with a dash would be an option of ssh.
        if (string.IsNullOrWhiteSpace(name) || name[0] == '-' || name.Any(c => char.IsWhiteSpace(c) || char.IsControl(c)))
            throw new ExperimentException("InvalidHost", ErrorKind.InvalidArgument, $"'{name}' is no machine: give host, user@host, or a table with that as Name.", host);
        if (hosts.Any(h => h.Address == name))
            throw new ExperimentException("InvalidHost", ErrorKind.InvalidArgument, $"'{name}' is there twice; @{{ Name = '{name}'; Workers = 2 }} runs two trials at once on it.", host);
        hosts.Add(new SshHost(name, own));
    }

    /// <inheritdoc/>
    public override void Validate()
    {
        if (hosts.Count == 0) throw new ExperimentException("NoHost", ErrorKind.InvalidArgument, "-Launcher Ssh needs machines to run on: -ComputerName host1, user@host2.");
    }

    /// <inheritdoc/>
    public override WorkerExit Run(SweepLaunch launch, CancellationToken cancellation)
    {
        // What a machine sees under the folder's path may be a folder of its own; this file is in no other.
        string mark = Path.Combine(launch.Folder.Path, $"tmp.ssh.{Guid.NewGuid():N}");
        File.WriteAllText(mark, "");
        try
        {
            var places = hosts.Select((h, i) => new SshPlace(h, Share(h, i, launch.Workers), Path.GetFileName(mark))).Where(p => p.Workers > 0);
            return new WorkerCrew(launch, [.. places]).Run(TimeSpan.FromSeconds(StopTime), cancellation);
        }
        finally
        {
            File.Delete(mark);
        }
    }

    private int Share(SshHost host, int index, int workers) =>
        host.Settings.Workers > 0 ? host.Settings.Workers : workers / hosts.Count + (index < workers % hosts.Count ? 1 : 0);
}
