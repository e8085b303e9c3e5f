using System.Management.Automation;

namespace DLExperiments.Shell.Commands.Variables;

/// <summary>Get-Variable: gets variables or their values.</summary>
[Cmdlet(VerbsCommon.Get, "Variable")]
[OutputType(typeof(PSVariable))]
public sealed class GetVariableCommand : VariableCommand
{
    /// <summary>The names; wildcards are allowed.</summary>
    [Parameter(Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    public string[] Name { get; set; } = ["*"];

    /// <summary>Writes the values.</summary>
    [Parameter]
    public SwitchParameter ValueOnly { get; set; }

    /// <summary>Only names that match one of these.</summary>
    [Parameter]
    public string[]? Include { get; set; }

    /// <summary>Only names that match none of these.</summary>
    [Parameter]
    public string[]? Exclude { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        foreach (var name in Name)
            foreach (var variable in Find(name, Include, Exclude, reportMissing: true))
                WriteObject(ValueOnly ? variable.Value : variable);
    }
}
