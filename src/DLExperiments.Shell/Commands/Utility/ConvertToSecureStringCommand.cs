using System.Management.Automation;
using System.Security;

namespace DLExperiments.Shell.Commands.Utility;

/// <summary>ConvertTo-SecureString: plain text as a secure string.</summary>
[Cmdlet(VerbsData.ConvertTo, "SecureString", DefaultParameterSetName = "PlainText")]
[OutputType(typeof(SecureString))]
public sealed class ConvertToSecureStringCommand : PSCmdlet
{
    /// <summary>The text.</summary>
    [Parameter(Position = 0, Mandatory = true, ValueFromPipeline = true)]
    public string String { get; set; } = "";

    /// <summary>Says that the text is not encrypted; encrypted text is not read here.</summary>
    [Parameter(Position = 1, Mandatory = true, ParameterSetName = "PlainText")]
    public SwitchParameter AsPlainText { get; set; }

    /// <summary>Confirms -AsPlainText, which since PowerShell 7 needs no confirmation.</summary>
    [Parameter(Position = 2, ParameterSetName = "PlainText")]
    public SwitchParameter Force { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        var secure = new SecureString();
        foreach (var letter in String) secure.AppendChar(letter);
        secure.MakeReadOnly();
        WriteObject(secure);
    }
}
