using System.Management.Automation;

namespace DLExperiments.Shell.Commands.Utility;

/// <summary>New-Guid: a new, an empty, or a parsed globally unique identifier.</summary>
[Cmdlet(VerbsCommon.New, "Guid", DefaultParameterSetName = "Default")]
[OutputType(typeof(Guid))]
public sealed class NewGuidCommand : PSCmdlet
{
    /// <summary>Writes the identifier of all zeros.</summary>
    [Parameter(ParameterSetName = "Empty")]
    public SwitchParameter Empty { get; set; }

    /// <summary>Text of an identifier.</summary>
    [Parameter(ParameterSetName = "InputObject", Position = 0, ValueFromPipeline = true)]
    public string? InputObject { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        if (ParameterSetName != "InputObject") WriteObject(Empty ? Guid.Empty : Guid.NewGuid());
        else if (Guid.TryParse(InputObject, out var parsed)) WriteObject(parsed);
        else
        {
            var error = new FormatException($"Unrecognized Guid format: '{InputObject}'. 32 hexadecimal digits are expected, with or without hyphens.");
            WriteError(new ErrorRecord(error, "StringNotRecognizedAsGuid", ErrorCategory.InvalidArgument, InputObject));
        }
    }
}
