using System.Collections;
using System.Collections.ObjectModel;
using System.Management.Automation;
using System.Management.Automation.Language;
using System.Management.Automation.Runspaces;
using System.Text.Json.Nodes;
using DLExperiments.Commands.Sessions;
using DLExperiments.Networks;
using DLExperiments.Sweeps.Running;
using DLExperiments.Training;

namespace DLExperiments.Commands.Sweeps;

/// <summary>Runs trials in a session of its own on the worker's thread, with the cmdlets of this module, and the data and variables of the session that began the sweep.</summary>
internal sealed class RunspaceTrialBody : TrialBody
{
    // Dot-sourced, so that the block sees the setting as variables; a block with a param() block gets it as arguments as well.
    private const string TrainNetwork = """
        param($__network, $__setting, $__arguments, $__training, $__dataset)
        foreach ($__name in $__setting.Keys) { $ExecutionContext.SessionState.PSVariable.Set($__name, $__setting[$__name]) }
        $Dataset = $__dataset
        $__definition = if ($__network -is [scriptblock]) { . $__network @__arguments } else { $__network }
        $__definition | Invoke-Training -Dataset $__dataset @__training
        """;

    private readonly TrialCode code;
    private readonly TrialData data;
    private readonly object compiled;
    private readonly Runspace runspace;
    private readonly Action<string>? warn;
    private readonly ExitHost host = new();
    private readonly string location;
    private readonly bool usesGlobals;
    private bool isUsed;

    internal RunspaceTrialBody(TrialCode code, TrialData data, TrialSession session, Action<string>? warn)
    {
        (this.code, this.data, this.warn, location) = (code, data, warn, session.Location);
        InitialSessionState state = ModuleSession.With(session.Commands);
        foreach ((string inner, string name) in code.Usings) state.Variables.Add(new SessionStateVariableEntry(inner, session.Variables[name], null));
        runspace = ModuleSession.Open(state, session.Location, host);
        compiled = code.Compile();
        usesGlobals = code.Ast?.Find(a => a is VariableExpressionAst { VariablePath.IsGlobal: true }, searchNestedScriptBlocks: true) is not null;
    }

    /// <inheritdoc/>
    public override JsonObject Run(TrialAssignment trial, CancellationToken cancellation)
    {
        using var shell = PowerShell.Create();
        Collection<PSObject> output = Invoke(shell, trial, data.Of(trial), cancellation);
        foreach (WarningRecord warning in shell.Streams.Warning) warn?.Invoke($"Trial {trial.Index}: {warning.Message}");
        if (output.LastOrDefault(o => o is not null) is not { } last)
            throw shell.Streams.Error.Count > 0 ? Error(shell.Streams.Error[0]) : new TrialError("NoOutput", "The trial wrote no object. Its last output carries the metric.");
        foreach (ErrorRecord error in shell.Streams.Error) warn?.Invoke($"Trial {trial.Index}: {error.Exception.Message}");
        JsonObject plain = TrialOutput.Read(last);
        foreach (TrainingResult result in output.Select(o => o?.BaseObject).OfType<TrainingResult>()) result.Model.Dispose();
        return plain;
    }

    /// <summary>Runs a setting once more, on data of choice, and gives the output as it is.</summary>
    internal Collection<PSObject> RunOn(TrialAssignment trial, object? set, CancellationToken cancellation)
    {
        using var shell = PowerShell.Create();
        return Invoke(shell, trial, set, cancellation);
    }

    private Collection<PSObject> Invoke(PowerShell shell, TrialAssignment trial, object? set, CancellationToken cancellation)
    {
        Freshen();
        shell.Runspace = runspace;
        Hashtable arguments = TrialParameters.Arguments(code, trial, set);
        object network = compiled is IReadOnlyDictionary<string, NetworkDefinition> several ? several[(string)trial.Setting[TrialCode.NetworkParameter]!] : compiled;
        if (code.TrainsItself) shell.AddScript(TrainNetwork, useLocalScope: true).AddArgument(network).AddArgument(trial.Setting).AddArgument(arguments).AddArgument(TrialParameters.Training(code, trial)).AddArgument(set);
        else shell.AddScript("param($__block, $__arguments) & $__block @__arguments", useLocalScope: true).AddArgument(compiled).AddArgument(arguments);
        // Trainings end by the scope after their batch; everything else is stopped here.
        using CancellationTokenRegistration stop = cancellation.Register(() => shell.BeginStop(null, null));
        try
        {
            Collection<PSObject> output = shell.Invoke();
            return host.ExitCode is { } exit and not 0 ? throw new TrialError("ScriptExit", $"The trial's script ended with exit {exit}.") : output;
        }
        catch (RuntimeException e)
        {
            throw Error(e.ErrorRecord, e);
        }
    }

    // A trial begins as if it were the first: another's folder and global variables are gone, so that it does not matter which ran before it on this thread.
    private void Freshen()
    {
        host.ExitCode = null;
        if (isUsed && code.Ast is not null)
        {
            // A reset takes longer than a small trial: scripts that touch no global variable need none.
            if (usesGlobals) runspace.ResetRunspaceState();
            // To go where one is would take ten milliseconds.
            PathIntrinsics here = runspace.SessionStateProxy.Path;
            if (here.CurrentLocation.Provider.Name != "FileSystem" || here.CurrentLocation.ProviderPath != location) here.SetLocation(WildcardPattern.Escape(location));
        }
        isUsed = true;
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing) runspace.Dispose();
    }

    private static TrialError Error(ErrorRecord error, Exception? inner = null)
    {
        string? position = error.InvocationInfo is { ScriptLineNumber: > 0 } where
            ? $"{(string.IsNullOrEmpty(where.ScriptName) ? "line" : where.ScriptName + ", line")} {where.ScriptLineNumber}: {where.Line.Trim()}" : null;
        return new TrialError(error.FullyQualifiedErrorId.Split(',')[0], error.ErrorDetails?.Message ?? error.Exception.Message, position, inner);
    }
}
