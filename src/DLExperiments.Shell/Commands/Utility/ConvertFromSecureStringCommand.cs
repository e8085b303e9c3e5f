using System.Management.Automation;
using System.Net;
using System.Security;

namespace DLExperiments.Shell.Commands.Utility;

/// <summary>ConvertFrom-SecureString: the text of a secure string.</summary>
[Cmdlet(VerbsData.ConvertFrom, "SecureString", DefaultParameterSetName = "AsPlainText")]
[OutputType(typeof(string))]
public sealed class ConvertFromSecureStringCommand : PSCmdlet
{
    /// <summary>The secure string.</summary>
    [Parameter(Position = 0, Mandatory = true, ValueFromPipeline = true)]
    public SecureString? SecureString { get; set; }

    /// <summary>Writes the text as it is; encrypted text is not written here.</summary>
    [Parameter(Mandatory = true, ParameterSetName = "AsPlainText")]
    public SwitchParameter AsPlainText { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord() => WriteObject(new NetworkCredential("", SecureString).Password);
}
