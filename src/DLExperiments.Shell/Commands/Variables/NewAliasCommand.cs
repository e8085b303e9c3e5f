using System.Management.Automation;

namespace DLExperiments.Shell.Commands.Variables;

/// <summary>New-Alias: makes an alias that is not there.</summary>
[Cmdlet(VerbsCommon.New, "Alias", SupportsShouldProcess = true)]
[OutputType(typeof(AliasInfo))]
public sealed class NewAliasCommand : AliasWritingCommand
{
    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        if (!Force && ((IDictionary<string, AliasInfo>)EngineAccess.Invoke(EngineAccess.Scopes(this), "GetAliasTableAtScope", Scope ?? "local")!).ContainsKey(Name))
            WriteError(new ErrorRecord(
                new SessionStateException($"The alias is not allowed, because an alias with the name '{Name}' already exists."),
                "AliasAlreadyExists", ErrorCategory.ResourceExists, Name));
        else
            Write();
    }
}
