// The engine's format views, and scripts that name the type, know it under pwsh's own namespace.
namespace Microsoft.PowerShell.Commands;

/// <summary>The measures of values that are not all numbers (dates, text), written by Measure-Object; those not asked for are null.</summary>
public sealed class GenericObjectMeasureInfo : MeasureInfo
{
    /// <summary>How many values there are.</summary>
    public int Count { get; set; }

    /// <summary>The mean.</summary>
    public double? Average { get; set; }

    /// <summary>The sum.</summary>
    public double? Sum { get; set; }

    /// <summary>The greatest value.</summary>
    public object? Maximum { get; set; }

    /// <summary>The least value.</summary>
    public object? Minimum { get; set; }

    /// <summary>The standard deviation of a sample (n - 1).</summary>
    public double? StandardDeviation { get; set; }
}
