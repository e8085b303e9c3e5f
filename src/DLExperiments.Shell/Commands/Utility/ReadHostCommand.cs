using System.Collections.ObjectModel;
using System.Management.Automation;
using System.Management.Automation.Host;
using System.Security;

namespace DLExperiments.Shell.Commands.Utility;

/// <summary>Read-Host: a line that the user types.</summary>
[Cmdlet(VerbsCommunications.Read, "Host", DefaultParameterSetName = "AsString")]
[OutputType(typeof(string), ParameterSetName = ["AsString"])]
[OutputType(typeof(SecureString), ParameterSetName = ["AsSecureString"])]
public sealed class ReadHostCommand : PSCmdlet
{
    /// <summary>Text shown before the cursor; a colon is added.</summary>
    [Parameter(Position = 0, ValueFromRemainingArguments = true)]
    [AllowNull]
    public object? Prompt { get; set; }

    /// <summary>Hides what is typed and writes a secure string.</summary>
    [Parameter(ParameterSetName = "AsSecureString")]
    public SwitchParameter AsSecureString { get; set; }

    /// <summary>Hides what is typed and writes a string.</summary>
    [Parameter(ParameterSetName = "AsString")]
    public SwitchParameter MaskInput { get; set; }

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        if (Prompt is not null)
        {
            var text = Prompt is System.Collections.IEnumerable parts and not string
                ? string.Join(' ', parts.Cast<object?>().Select(LanguagePrimitives.ConvertTo<string>))
                : LanguagePrimitives.ConvertTo<string>(Prompt);
            Host.UI.Write(text + ": ");
        }
        if (AsSecureString) WriteObject(Host.UI.ReadLineAsSecureString());
        else if (MaskInput)
        {
            using var typed = Host.UI.ReadLineAsSecureString();
            WriteObject(new System.Net.NetworkCredential("", typed).Password);
        }
        else WriteObject(Host.UI.ReadLine());
    }
}
