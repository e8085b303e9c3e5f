using System.Management.Automation;
using DLExperiments.Shell.Commands.Provider;

namespace DLExperiments.Shell.Commands.Drives;

/// <summary>Get-PSDrive: the drives of the session.</summary>
[Cmdlet(VerbsCommon.Get, "PSDrive", DefaultParameterSetName = NameSet)]
[OutputType(typeof(PSDriveInfo))]
public sealed class GetPSDriveCommand : ProviderCommand
{
    private const string NameSet = "Name";
    private const string LiteralNameSet = "LiteralName";

    /// <summary>Names of the drives, without the colon; wildcards are allowed.</summary>
    [Parameter(Position = 0, ParameterSetName = NameSet, ValueFromPipelineByPropertyName = true)]
    public string[]? Name { get; set; }

    /// <summary>Names of the drives, taken as they are.</summary>
    [Parameter(Position = 0, Mandatory = true, ParameterSetName = LiteralNameSet, ValueFromPipelineByPropertyName = true)]
    public string[]? LiteralName { get; set; }

    /// <summary>The scope whose drives are wanted; all visible ones by default.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    public string? Scope { get; set; }

    /// <summary>Only drives of these providers.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    public string[]? PSProvider { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        var drives = (Scope is null ? SessionState.Drive.GetAll() : SessionState.Drive.GetAllAtScope(Scope))
            .Where(drive => PSProvider is not { Length: > 0 } || PSProvider.Any(name => Matches(name, drive.Provider.Name) || Matches(name, drive.Provider.ToString())))
            .OrderBy(drive => drive.Name, StringComparer.OrdinalIgnoreCase).ToArray();
        var literal = ParameterSetName == LiteralNameSet;
        ReportMissingProviders();
        ForEach((literal ? LiteralName : Name) ?? ["*"], (name, _) =>
        {
            var found = drives.Where(drive => literal ? name.Equals(drive.Name, StringComparison.OrdinalIgnoreCase) : Matches(name, drive.Name)).ToArray();
            if (found.Length > 0) WriteObject(found, enumerateCollection: true);
            else if (literal || !WildcardPattern.ContainsWildcardCharacters(name)) WriteError(NotFound(name));
        });
    }

    private static bool Matches(string pattern, string name) => WildcardPattern.Get(pattern, WildcardOptions.IgnoreCase).IsMatch(name);

    private ErrorRecord NotFound(string name)
    {
        Exception error = new ItemNotFoundException($"The drive '{name}' is not in this scope or provider.");
        try
        {
            SessionState.Drive.Get(name);
        }
        catch (SessionStateException missing)
        {
            error = missing;
        }
        return new ErrorRecord(error, "GetLocationNoMatchingDrive", ErrorCategory.ObjectNotFound, name);
    }

    private void ReportMissingProviders()
    {
        foreach (var name in (PSProvider ?? []).Where(name => !WildcardPattern.ContainsWildcardCharacters(name)))
        {
            try
            {
                SessionState.Provider.GetOne(name);
            }
            catch (SessionStateException error)
            {
                WriteError(new ErrorRecord(error, "GetLocationNoMatchingDrive", ErrorCategory.ObjectNotFound, name));
            }
        }
    }
}
