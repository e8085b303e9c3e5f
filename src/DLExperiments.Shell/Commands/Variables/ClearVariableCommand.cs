using System.Management.Automation;

namespace DLExperiments.Shell.Commands.Variables;

/// <summary>Clear-Variable: sets variables to null.</summary>
[Cmdlet(VerbsCommon.Clear, "Variable", SupportsShouldProcess = true)]
[OutputType(typeof(PSVariable))]
public sealed class ClearVariableCommand : VariableCommand
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

    /// <summary>Clears read-only variables too.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <summary>Writes the variables.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        foreach (var name in Name)
            foreach (var variable in Find(name, Include, Exclude, reportMissing: true))
                if (ShouldProcess($"Name: {variable.Name}", "Clear variable"))
                    Try(() => Clear(variable));
    }

    private void Clear(PSVariable variable)
    {
        var options = variable.Options;
        if (Force && options.HasFlag(ScopedItemOptions.ReadOnly))
            EngineAccess.Invoke(variable, "SetOptions", options & ~ScopedItemOptions.ReadOnly, true);
        variable.Value = null;
        if (variable.Options != options)
            EngineAccess.Invoke(variable, "SetOptions", options, true);
        if (PassThru)
            WriteObject(variable);
    }
}
