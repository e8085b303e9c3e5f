using System.Management.Automation;

namespace DLExperiments.Shell.Commands.Utility;

/// <summary>Get-TimeZone: the current time zone, some by id or name, or all.</summary>
[Cmdlet(VerbsCommon.Get, "TimeZone", DefaultParameterSetName = "Name")]
[Alias("gtz")]
[OutputType(typeof(TimeZoneInfo))]
public sealed class GetTimeZoneCommand : PSCmdlet
{
    /// <summary>Ids of time zones; wildcards are allowed.</summary>
    [Parameter(ParameterSetName = "Id", Mandatory = true, ValueFromPipelineByPropertyName = true)]
    public string[]? Id { get; set; }

    /// <summary>Writes all time zones.</summary>
    [Parameter(ParameterSetName = "ListAvailable", Mandatory = true)]
    public SwitchParameter ListAvailable { get; set; }

    /// <summary>Standard or daylight names of time zones; wildcards are allowed.</summary>
    [Parameter(ParameterSetName = "Name", Position = 0, ValueFromPipeline = true)]
    public string[]? Name { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        if (ListAvailable) WriteObject(TimeZoneInfo.GetSystemTimeZones(), enumerateCollection: true);
        else if (Id is not null) Write(Id, zone => [zone.Id]);
        else if (Name is not null) Write(Name, zone => [zone.StandardName, zone.DaylightName]);
        else WriteObject(TimeZoneInfo.Local);
    }

    private void Write(string[] patterns, Func<TimeZoneInfo, string[]> names)
    {
        foreach (var text in patterns)
        {
            var pattern = WildcardPattern.Get(text, WildcardOptions.IgnoreCase);
            var found = TimeZoneInfo.GetSystemTimeZones().Where(zone => names(zone).Any(pattern.IsMatch)).ToArray();
            if (found.Length > 0) WriteObject(found, enumerateCollection: true);
            else WriteError(new ErrorRecord(new TimeZoneNotFoundException($"No time zone '{text}' was found."), "TimeZoneNotFound", ErrorCategory.InvalidArgument, text));
        }
    }
}
