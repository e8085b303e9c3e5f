using System.Management.Automation;
using Microsoft.PowerShell.Commands.Internal.Format;

namespace DLExperiments.Shell.Commands.Formatting;

/// <summary>Format-Wide: formats one property of each object in columns.</summary>
[Cmdlet(VerbsCommon.Format, "Wide")]
public sealed class FormatWideCommand : OuterFormatShapeCommandBase
{
    private bool? autoSize;

    /// <summary>Makes the command.</summary>
    public FormatWideCommand() => FormatterAccess.UseShape(this, "Wide");

    /// <summary>The property to show: a name or a calculated property.</summary>
    [Parameter(Position = 0)]
    public object? Property { get; set; }

    /// <summary>Chooses the number of columns by the widest value.</summary>
    [Parameter]
    public SwitchParameter AutoSize
    {
        get => autoSize ?? false;
        set => autoSize = value;
    }

    /// <summary>The number of columns, at least 1; default 2.</summary>
    [Parameter]
    [ValidateRange(1, int.MaxValue)]
    public int Column { get; set; }

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        var columns = MyInvocation.BoundParameters.ContainsKey(nameof(Column));
        if (columns && AutoSize)
            ThrowTerminatingError(new ErrorRecord(
                new InvalidDataException("The AutoSize and Column parameters cannot be given together."),
                "FormatCannotSpecifyAutosizeAndColumns", ErrorCategory.InvalidArgument, null));
        FormatterAccess.SetParameters(
            this, Property is null ? null : [Property], "FormatWideParameterDefinition", autoSize,
            "WideSpecificParameters", columns ? ("columns", Column) : null);
        FormatterAccess.Begin(this);
    }
}
