using System.Management.Automation;
using DLExperiments.Shell.Commands.Provider;

namespace DLExperiments.Shell.Commands.Paths;

/// <summary>Get-Location: the current location, of all, a drive or a provider, or a location stack.</summary>
[Cmdlet(VerbsCommon.Get, "Location", DefaultParameterSetName = LocationSet)]
[OutputType(typeof(PathInfo), ParameterSetName = [LocationSet])]
[OutputType(typeof(PathInfoStack), ParameterSetName = [StackSet])]
public sealed class GetLocationCommand : ProviderCommand
{
    private const string LocationSet = "Location";
    private const string StackSet = "Stack";

    /// <summary>Providers whose location is wanted.</summary>
    [Parameter(ParameterSetName = LocationSet, ValueFromPipelineByPropertyName = true)]
    public string[]? PSProvider { get; set; }

    /// <summary>Drives whose location is wanted.</summary>
    [Parameter(ParameterSetName = LocationSet, ValueFromPipelineByPropertyName = true)]
    public string[]? PSDrive { get; set; }

    /// <summary>Writes the location stack.</summary>
    [Parameter(ParameterSetName = StackSet)]
    public SwitchParameter Stack { get; set; }

    /// <summary>Names of the stacks.</summary>
    [Parameter(ParameterSetName = StackSet, ValueFromPipelineByPropertyName = true)]
    public string[]? StackName { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        if (ParameterSetName == StackSet) WriteStacks();
        else if (PSDrive is { Length: > 0 }) WriteDrives(PSDrive);
        else if (PSProvider is { Length: > 0 }) ForEach(PSProvider, (name, _) => WriteObject(SessionState.Path.CurrentProviderLocation(name)));
        else WriteObject(SessionState.Path.CurrentLocation);
    }

    private void WriteStacks()
    {
        foreach (var name in StackName ?? [""])
        {
            try
            {
                WriteObject(SessionState.Path.LocationStack(name), enumerateCollection: false);
            }
            catch (PSArgumentException error)
            {
                WriteError(new ErrorRecord(error.ErrorRecord, error));
            }
        }
    }

    private void WriteDrives(string[] names)
    {
        foreach (var name in names)
        {
            try
            {
                WriteObject(OnDrive(name));
            }
            catch (SessionStateException error)
            {
                WriteError(new ErrorRecord(error, "GetLocationNoMatchingDrive", ErrorCategory.ObjectNotFound, name));
            }
        }
    }

    private PathInfo OnDrive(string name)
    {
        var drive = SessionState.Drive.Get(name);
        return SessionState.Path.CurrentLocation is { Drive: { } current } here && current.Name == drive.Name
            ? here
            : SessionState.Path.GetResolvedPSPathFromPSPath(WildcardPattern.Escape($"{drive.Name}:{drive.CurrentLocation}"))[0];
    }
}
