using System.Collections;
using System.Management.Automation;
using System.Text;
using DLExperiments.Commands.Sweeps;
using DLExperiments.Data;
using DLExperiments.Errors;
using DLExperiments.Files;
using DLExperiments.Sweeps.Launchers;
using DLExperiments.Sweeps.Store;

namespace DLExperiments.Commands.Automation;

/// <summary>Runs cmdlets of the module from another one, in its session: warnings and progress go on to it, an error ends it.</summary>
internal sealed class NestedCommand
{
    private readonly PSCmdlet owner;
    private readonly Action<string> warn;
    private readonly CancellationToken cancellation;

    /// <param name="owner">The cmdlet that runs.</param>
    /// <param name="warn">Gets warnings, beside the owner's own stream.</param>
    /// <param name="cancellation">Stops the cmdlet that is run.</param>
    internal NestedCommand(PSCmdlet owner, Action<string> warn, CancellationToken cancellation) => (this.owner, this.warn, this.cancellation) = (owner, warn, cancellation);

    /// <summary>Runs a cmdlet.</summary>
    /// <param name="cmdlet">Its class.</param>
    /// <param name="parameters">Its parameters by name; $true is a switch.</param>
    /// <param name="input">What is piped in.</param>
    /// <exception cref="ExperimentException">The cmdlet's first error.</exception>
    internal IReadOnlyList<PSObject> Run(Type cmdlet, IDictionary parameters, IEnumerable<PSObject>? input = null)
    {
        var attribute = (CmdletAttribute)Attribute.GetCustomAttribute(cmdlet, typeof(CmdletAttribute))!;
        using var shell = PowerShell.Create(RunspaceMode.CurrentRunspace);
        shell.AddCommand(new CmdletInfo($"{attribute.VerbName}-{attribute.NounName}", cmdlet)).AddParameters(parameters).AddParameter("ErrorAction", ActionPreference.Stop);
        shell.Streams.Warning.DataAdded += (_, e) =>
        {
            string text = shell.Streams.Warning[e.Index].Message;
            owner.WriteWarning(text);
            warn(text);
        };
        shell.Streams.Progress.DataAdded += (_, e) => owner.WriteProgress(shell.Streams.Progress[e.Index]);
        using CancellationTokenRegistration stop = cancellation.Register(() => shell.BeginStop(null, null));
        try
        {
            return input is null ? [.. shell.Invoke()] : [.. shell.Invoke(input)];
        }
        catch (RuntimeException e) when (e is not PipelineStoppedException)
        {
            throw Unwrap(e);
        }
    }

    /// <summary>Trains the best setting of a sweep over a network on all rows that it was chosen with.</summary>
    /// <param name="sweep">The sweep, which has ended.</param>
    /// <param name="data">Its data.</param>
    /// <param name="seed">The seed.</param>
    internal IReadOnlyList<PSObject> Refit(SweepFolder sweep, Dataset data, long seed)
    {
        TrialCode code = TrialCode.Of(sweep);
        var session = TrialSession.Of(owner.SessionState.Path.CurrentFileSystemLocation.ProviderPath, new Dictionary<string, object?>());
        object? output = new SweepRun(owner, sweep, code, TrialData.Deal(data, 1, false, 0, null, warn), session, new ThreadLauncher()) { Workers = 1 }.Refit(seed, cancellation);
        return output is PSObject one ? [one] : [.. (PSObject[])output!];
    }

    /// <summary>Writes rows as CSV, whole or not at all.</summary>
    internal void WriteCsv(string path, IReadOnlyList<PSObject> rows)
    {
        if (rows.Count == 0) return;
        using var shell = PowerShell.Create(RunspaceMode.CurrentRunspace);
        string[] lines = [.. shell.AddCommand("Microsoft.PowerShell.Utility\\ConvertTo-Csv").Invoke(rows).Select(l => l.ToString())];
        AtomicFile.Write(path, overwrite: true, s => s.Write(Encoding.UTF8.GetBytes(string.Join('\n', lines) + "\n")));
    }

    /// <summary>Reads rows of a CSV file.</summary>
    internal PSObject[] ReadCsv(string path)
    {
        using var shell = PowerShell.Create(RunspaceMode.CurrentRunspace);
        return [.. shell.AddCommand("Microsoft.PowerShell.Utility\\Import-Csv").AddParameter("LiteralPath", path).AddParameter("ErrorAction", ActionPreference.Stop).Invoke()];
    }

    // What a cmdlet threw is inside the engine's own exception; its id comes before the comma.
    private static ExperimentException Unwrap(RuntimeException e)
    {
        for (Exception? inner = e; inner is not null; inner = inner.InnerException)
            if (inner is ExperimentException own) return own;
        Exception cause = e is CmdletInvocationException { InnerException: { } thrown } ? thrown : e;
        return new ExperimentException(e.ErrorRecord.FullyQualifiedErrorId.Split(',')[0], cause is IOException ? ErrorKind.Io : ErrorKind.InvalidArgument, e.ErrorRecord.Exception.Message, e.ErrorRecord.TargetObject, e);
    }
}
