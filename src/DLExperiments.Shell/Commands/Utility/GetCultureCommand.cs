using System.Globalization;
using System.Management.Automation;

namespace DLExperiments.Shell.Commands.Utility;

/// <summary>Get-Culture: the current culture, one by name, or all.</summary>
[Cmdlet(VerbsCommon.Get, "Culture", DefaultParameterSetName = "CurrentCulture")]
[OutputType(typeof(CultureInfo))]
public sealed class GetCultureCommand : PSCmdlet
{
    /// <summary>Names of cultures, such as de-DE.</summary>
    [Parameter(ParameterSetName = "Name", Position = 0, ValueFromPipeline = true)]
    public string[]? Name { get; set; }

    /// <summary>Leaves out what the user has changed in the system's settings.</summary>
    [Parameter(ParameterSetName = "CurrentCulture")]
    [Parameter(ParameterSetName = "Name")]
    public SwitchParameter NoUserOverrides { get; set; }

    /// <summary>Writes all cultures.</summary>
    [Parameter(ParameterSetName = "ListAvailable")]
    public SwitchParameter ListAvailable { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        if (ListAvailable) WriteObject(CultureInfo.GetCultures(CultureTypes.AllCultures), enumerateCollection: true);
        else if (Name is null) WriteObject(NoUserOverrides ? new CultureInfo(CultureInfo.CurrentCulture.Name, useUserOverride: false) : CultureInfo.CurrentCulture);
        else
            foreach (var name in Name)
            {
                try
                {
                    WriteObject(new CultureInfo(name, useUserOverride: !NoUserOverrides));
                }
                catch (CultureNotFoundException error)
                {
                    WriteError(new ErrorRecord(error, "ItemNotFoundException", ErrorCategory.ObjectNotFound, name));
                }
            }
    }
}
