using System.Management.Automation;

namespace DLExperiments.Shell.Commands.Variables;

/// <summary>Remove-Alias: removes aliases.</summary>
[Cmdlet(VerbsCommon.Remove, "Alias", DefaultParameterSetName = "Default")]
public sealed class RemoveAliasCommand : PSCmdlet
{
    /// <summary>The names.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    public string[] Name { get; set; } = [];

    /// <summary>The scope.</summary>
    [Parameter]
    public string? Scope { get; set; }

    /// <summary>Removes read-only aliases too.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        var scopes = EngineAccess.Scopes(this);
        foreach (var name in Name)
        {
            var existing = Scope is null ? EngineAccess.Invoke(scopes, "GetAlias", name) : EngineAccess.Invoke(scopes, "GetAliasAtScope", name, Scope);
            if (existing is null)
            {
                WriteError(new ErrorRecord(
                    new ItemNotFoundException($"This command cannot find a matching alias because an alias with the name '{name}' does not exist."),
                    "AliasNotFound", ErrorCategory.ObjectNotFound, name));
                continue;
            }
            try
            {
                EngineAccess.Invoke(scopes, "RemoveAlias", name, (bool)Force);
            }
            catch (SessionStateException exception)
            {
                WriteError(new ErrorRecord(exception.ErrorRecord, exception));
            }
        }
    }
}
