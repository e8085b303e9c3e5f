using System.Management.Automation;

namespace DLExperiments.Module.Tests.Pester.Commands;

/// <summary>BeforeDiscovery: runs at once, at discovery, in the scope of its caller.</summary>
[Cmdlet(VerbsCommon.Add, "PesterBeforeDiscovery")]
public sealed class BeforeDiscoveryCommand : PSCmdlet
{
    /// <summary>The code to run.</summary>
    [Parameter(Mandatory = true, Position = 0)]
    public ScriptBlock ScriptBlock { get; set; } = null!;

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        if (PesterRun.Current.Phase != RunPhase.Discovery) return;
        var scopes = new ScriptScopes((EngineIntrinsics)SessionState.PSVariable.GetValue("ExecutionContext"));
        if (scopes.DotSource(ScriptBlock, new System.Collections.Hashtable()) is { } error) ThrowTerminatingError(error);
    }
}
