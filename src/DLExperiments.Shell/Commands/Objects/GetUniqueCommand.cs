using System.Management.Automation;
using System.Management.Automation.Internal;

namespace DLExperiments.Shell.Commands.Objects;

/// <summary>Get-Unique: drops objects equal to the one before them, which in sorted input leaves each once.</summary>
[Cmdlet(VerbsCommon.Get, "Unique", DefaultParameterSetName = "AsString", RemotingCapability = RemotingCapability.None)]
public sealed class GetUniqueCommand : PSCmdlet
{
    private PSObject? last;

    /// <summary>The objects.</summary>
    [Parameter(ValueFromPipeline = true)]
    public PSObject InputObject { get; set; } = AutomationNull.Value;

    /// <summary>Compares the objects as text.</summary>
    [Parameter(ParameterSetName = "AsString")]
    public SwitchParameter AsString { get; set; }

    /// <summary>Compares the types of the objects.</summary>
    [Parameter(ParameterSetName = "UniqueByType")]
    public SwitchParameter OnType { get; set; }

    /// <summary>Takes upper and lower case as equal.</summary>
    [Parameter]
    public SwitchParameter CaseInsensitive { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        var equal = last is not null && (OnType ? InputObject.TypeNames[0] == last.TypeNames[0]
            : AsString ? AreEqual(InputObject.ToString(), last.ToString())
            : AreEqual(InputObject, last));
        if (equal)
            return;
        last = InputObject;
        WriteObject(InputObject);
    }

    private bool AreEqual(object first, object second) =>
        LanguagePrimitives.TryCompare(first, second, CaseInsensitive, System.Globalization.CultureInfo.CurrentCulture, out var order)
            ? order == 0
            : string.Equals(first.ToString(), second.ToString(), CaseInsensitive ? StringComparison.CurrentCultureIgnoreCase : StringComparison.CurrentCulture);
}
