// The engine's format views, and scripts that name the type, know it under pwsh's own namespace.
namespace Microsoft.PowerShell.Commands;

/// <summary>The measures of numbers, written by Measure-Object; those not asked for are null.</summary>
public sealed class GenericMeasureInfo : MeasureInfo
{
    /// <summary>How many values there are.</summary>
    public int Count { get; set; }

    /// <summary>The mean.</summary>
    public double? Average { get; set; }

    /// <summary>The sum.</summary>
    public double? Sum { get; set; }

    /// <summary>The greatest value.</summary>
    public double? Maximum { get; set; }

    /// <summary>The least value.</summary>
    public double? Minimum { get; set; }

    /// <summary>The standard deviation of a sample (n - 1).</summary>
    public double? StandardDeviation { get; set; }
}
