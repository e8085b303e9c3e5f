using System.Management.Automation;

namespace DLExperiments.Shell.Commands.Variables;

/// <summary>Remove-Variable: removes variables.</summary>
[Cmdlet(VerbsCommon.Remove, "Variable", SupportsShouldProcess = true)]
public sealed class RemoveVariableCommand : VariableCommand
{
    /// <summary>The names; wildcards are allowed.</summary>
    [Parameter(Position = 0, ValueFromPipelineByPropertyName = true, Mandatory = true)]
    public string[] Name { get; set; } = [];

    /// <summary>Only names that match one of these.</summary>
    [Parameter]
    public string[]? Include { get; set; }

    /// <summary>Only names that match none of these.</summary>
    [Parameter]
    public string[]? Exclude { get; set; }

    /// <summary>Removes read-only variables too.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        // Only the current scope's own variables are removed, unless a scope is given.
        Scope ??= "local";
        foreach (var name in Name)
            foreach (var variable in Find(name, Include, Exclude, reportMissing: true))
                if (ShouldProcess($"Name: {variable.Name}", "Remove variable"))
                    Try(() => EngineAccess.Invoke(Scopes, "RemoveVariableAtScope", variable, Scope, (bool)Force));
    }
}
