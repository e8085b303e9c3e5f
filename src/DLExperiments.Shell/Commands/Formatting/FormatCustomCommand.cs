using System.Management.Automation;
using Microsoft.PowerShell.Commands.Internal.Format;

namespace DLExperiments.Shell.Commands.Formatting;

/// <summary>Format-Custom: formats objects by a custom view, or as the nested tree of their properties.</summary>
[Cmdlet(VerbsCommon.Format, "Custom")]
public sealed class FormatCustomCommand : OuterFormatShapeCommandBase
{
    /// <summary>Makes the command.</summary>
    public FormatCustomCommand() => FormatterAccess.UseShape(this, "Complex");

    /// <summary>The properties to show.</summary>
    [Parameter(Position = 0)]
    public object[]? Property { get; set; }

    /// <summary>How many levels of nested objects are shown, at least 1; default 5.</summary>
    [Parameter]
    [ValidateRange(1, int.MaxValue)]
    public int Depth { get; set; } = 5;

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        FormatterAccess.SetParameters(
            this, Property, "FormatObjectParameterDefinition", autosize: null, "ComplexSpecificParameters", ("maxDepth", Depth));
        FormatterAccess.Begin(this);
    }
}
