using System.Management.Automation;

namespace DLExperiments.Shell.Commands.Variables;

/// <summary>New-Variable: makes a variable that is not there.</summary>
[Cmdlet(VerbsCommon.New, "Variable", SupportsShouldProcess = true)]
public sealed class NewVariableCommand : VariableCommand
{
    /// <summary>The name.</summary>
    [Parameter(Position = 0, ValueFromPipelineByPropertyName = true, Mandatory = true)]
    public string Name { get; set; } = "";

    /// <summary>The value.</summary>
    [Parameter(Position = 1, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    public object? Value { get; set; }

    /// <summary>A text about the variable.</summary>
    [Parameter]
    public string? Description { get; set; }

    /// <summary>ReadOnly, Constant, Private, AllScope.</summary>
    [Parameter]
    public ScopedItemOptions Option { get; set; }

    /// <summary>Whether other sessions see the variable.</summary>
    [Parameter]
    public SessionStateEntryVisibility Visibility { get; set; }

    /// <summary>Replaces a variable that is there.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <summary>Writes the variable.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        if (!ShouldProcess($"Name: {Name} Value: {Value}", "New variable"))
            return;
        if (!Force && EngineAccess.Invoke(Scopes, "GetVariableAtScope", Name, Scope ?? "local") is not null)
        {
            WriteError(new ErrorRecord(
                new SessionStateException($"A variable with name '{Name}' already exists."), "VariableAlreadyExists", ErrorCategory.ResourceExists, Name));
            return;
        }
        Try(() =>
        {
            var variable = new PSVariable(Name, Value, Option) { Visibility = Visibility };
            if (Description is not null)
                variable.Description = Description;
            var made = EngineAccess.Invoke(Scopes, "NewVariableAtScope", variable, Scope ?? "local", (bool)Force);
            if (PassThru)
                WriteObject(made);
        });
    }
}
