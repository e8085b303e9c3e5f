using System.Management.Automation;
using System.Text;
using Microsoft.PowerShell.Commands.Internal.Format;

namespace DLExperiments.Shell.Commands.Formatting;

/// <summary>Out-String: the text that the default or given formatting of the objects shows.</summary>
[Cmdlet(VerbsData.Out, "String", DefaultParameterSetName = "NoNewLineFormatting")]
[OutputType(typeof(string))]
public sealed class OutStringCommand : FrontEndCommandBase
{
    private readonly StringBuilder buffer = new();
    private readonly object manager;

    /// <summary>Makes the command.</summary>
    public OutStringCommand() => manager = FormatterAccess.UseOutputManager(this);

    /// <summary>Writes each line as a string of its own.</summary>
    [Parameter(ParameterSetName = "StreamFormatting")]
    public SwitchParameter Stream { get; set; }

    /// <summary>The width of a line in columns; default the host's, or 120 where it has none.</summary>
    [Parameter]
    [ValidateRange(2, int.MaxValue)]
    public int Width { get; set; }

    /// <summary>Leaves out all line ends that formatting makes.</summary>
    [Parameter(ParameterSetName = "NoNewLineFormatting")]
    public SwitchParameter NoNewline { get; set; }

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        var width = Width > 0 ? Width : HostWidth();
        FormatterAccess.SetOutput(manager, new LineWriter(AddLine, AddText), width, NoNewline);
        base.BeginProcessing();
    }

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        base.EndProcessing();
        if (!Stream)
            WriteObject(buffer.ToString());
    }

    private int HostWidth()
    {
        try
        {
            var width = Host.UI.RawUI.BufferSize.Width;
            return width > 1 ? width : 120;
        }
        catch (Exception exception) when (exception is System.Management.Automation.Host.HostException or NotImplementedException or NullReferenceException)
        {
            return 120;
        }
    }

    private void AddLine(string line)
    {
        if (Stream)
            WriteObject(line);
        else
            buffer.AppendLine(line);
    }

    private void AddText(string text) => buffer.Append(text);
}
