using System.Management.Automation;
using DLExperiments.Shell.Commands.Provider;

namespace DLExperiments.Shell.Commands.Drives;

/// <summary>Remove-PSDrive: takes drives out of the session; what they show stays.</summary>
[Cmdlet(VerbsCommon.Remove, "PSDrive", DefaultParameterSetName = NameSet, SupportsShouldProcess = true)]
public sealed class RemovePSDriveCommand : ProviderCommand
{
    private const string NameSet = "Name";
    private const string LiteralNameSet = "LiteralName";

    /// <summary>Names of the drives, without the colon; wildcards are allowed.</summary>
    [Parameter(Position = 0, Mandatory = true, ParameterSetName = NameSet, ValueFromPipelineByPropertyName = true)]
    [AllowNull]
    [AllowEmptyCollection]
    public string[] Name { get; set; } = [];

    /// <summary>Names of the drives, taken as they are.</summary>
    [Parameter(Position = 0, Mandatory = true, ParameterSetName = LiteralNameSet, ValueFromPipelineByPropertyName = true)]
    public string[] LiteralName { get; set; } = [];

    /// <summary>Only drives of these providers.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    public string[]? PSProvider { get; set; }

    /// <summary>The scope of the drives.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    public string? Scope { get; set; }

    /// <summary>Removes the current drive too.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        var literal = ParameterSetName == LiteralNameSet;
        ForEach(literal ? LiteralName : Name, (name, _) =>
        {
            var names = Names(name, literal);
            if (names.Length == 0 && !WildcardPattern.ContainsWildcardCharacters(name)) SessionState.Drive.Get(name);
            foreach (var found in names) Try(found, Remove);
        });
    }

    private void Remove(string name, object context)
    {
        var drive = Scope is null ? SessionState.Drive.Get(name) : SessionState.Drive.GetAtScope(name, Scope);
        if (!ShouldProcess($"Name: {drive.Name} Provider: {drive.Provider} Root: {drive.Root}", "Remove Drive")) return;
        if (!Force && drive == SessionState.Drive.Current)
        {
            var error = new PSInvalidOperationException($"Cannot remove drive '{name}' because it is in use.");
            WriteError(new ErrorRecord(error.ErrorRecord, error));
            return;
        }
        EngineProviders.RemoveDrive(SessionState.Drive, name, Force, Scope, context);
    }

    private string[] Names(string name, bool literal) =>
        [.. (Scope is null ? SessionState.Drive.GetAll() : SessionState.Drive.GetAllAtScope(Scope))
            .Where(drive => PSProvider is not { Length: > 0 } || PSProvider.Any(p => p.Equals(drive.Provider.Name, StringComparison.OrdinalIgnoreCase)))
            .Select(drive => drive.Name)
            .Where(known => literal
                ? known.Equals(name, StringComparison.OrdinalIgnoreCase)
                : WildcardPattern.Get(name, WildcardOptions.IgnoreCase).IsMatch(known))];
}
