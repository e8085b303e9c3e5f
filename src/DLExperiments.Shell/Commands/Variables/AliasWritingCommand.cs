using System.Management.Automation;

namespace DLExperiments.Shell.Commands.Variables;

/// <summary>What Set-Alias and New-Alias have in common.</summary>
public abstract class AliasWritingCommand : PSCmdlet
{
    /// <summary>The name of the alias.</summary>
    [Parameter(Position = 0, Mandatory = true, ValueFromPipelineByPropertyName = true)]
    public string Name { get; set; } = "";

    /// <summary>The command that it stands for.</summary>
    [Parameter(Position = 1, Mandatory = true, ValueFromPipelineByPropertyName = true)]
    public string Value { get; set; } = "";

    /// <summary>A text about the alias.</summary>
    [Parameter]
    public string Description { get; set; } = "";

    /// <summary>ReadOnly, Constant, Private, AllScope.</summary>
    [Parameter]
    public ScopedItemOptions Option { get; set; }

    /// <summary>Writes the alias.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <summary>The scope.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? Scope { get; set; }

    /// <summary>Replaces a read-only alias.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    private protected void Write()
    {
        if (!ShouldProcess($"Name: {Name} Value: {Value}", MyInvocation.InvocationName))
            return;
        var alias = (AliasInfo)EngineAccess.Create(
            "System.Management.Automation.AliasInfo", Name, Value, EngineAccess.Context(this), Option);
        if (Description.Length > 0)
            alias.Description = Description;
        try
        {
            var scopes = EngineAccess.Scopes(this);
            var made = Scope is null
                ? EngineAccess.Invoke(scopes, "SetAliasItem", alias, (bool)Force, MyInvocation.CommandOrigin)
                : EngineAccess.Invoke(scopes, "SetAliasItemAtScope", alias, Scope, (bool)Force, MyInvocation.CommandOrigin);
            if (PassThru)
                WriteObject(made);
        }
        catch (SessionStateException exception)
        {
            WriteError(new ErrorRecord(exception.ErrorRecord, exception));
        }
    }
}
