using System.Management.Automation;
using System.Text;

namespace DLExperiments.Shell.Commands.Output;

/// <summary>Write-Host: writes text to the host, as an information record that can be captured or silenced.</summary>
[Cmdlet(VerbsCommunications.Write, "Host")]
public sealed class WriteHostCommand : PSCmdlet
{
    /// <summary>What to write; the elements of a collection are joined by <see cref="Separator"/>.</summary>
    [Parameter(Position = 0, ValueFromPipeline = true, ValueFromRemainingArguments = true)]
    [Alias("Msg", "Message")]
    public object? Object { get; set; }

    /// <summary>Leaves the line open.</summary>
    [Parameter]
    public SwitchParameter NoNewline { get; set; }

    /// <summary>What stands between the elements of a collection; default a space.</summary>
    [Parameter]
    [ValidateNotNull]
    public object Separator { get; set; } = " ";

    /// <summary>Colour of the text.</summary>
    [Parameter]
    public ConsoleColor ForegroundColor { get; set; }

    /// <summary>Colour of the background.</summary>
    [Parameter]
    public ConsoleColor BackgroundColor { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        var text = new StringBuilder();
        Append(text, Object);
        var message = new HostInformationMessage { Message = text.ToString(), NoNewLine = NoNewline.IsPresent };
        if (MyInvocation.BoundParameters.ContainsKey(nameof(ForegroundColor)))
            message.ForegroundColor = ForegroundColor;
        if (MyInvocation.BoundParameters.ContainsKey(nameof(BackgroundColor)))
            message.BackgroundColor = BackgroundColor;
        WriteInformation(message, ["PSHOST"]);
    }

    private void Append(StringBuilder text, object? value)
    {
        if (value is null)
            return;
        if (value is not string && LanguagePrimitives.GetEnumerable(value) is { } items)
        {
            var first = true;
            foreach (var item in items)
            {
                if (!first)
                    text.Append(Separator);
                first = false;
                Append(text, item);
            }
            return;
        }
        text.Append((value as PSObject)?.BaseObject is System.Xml.XmlNode node ? node.Name : value.ToString());
    }
}
