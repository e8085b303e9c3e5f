namespace DLExperiments.Training.Fused;

/// <summary>Where a parameter or buffer lies in the fused network's flat memory: rows of a fixed width, padded with zeros.</summary>
/// <param name="Name">Full name, <c>layer.parameter</c>.</param>
/// <param name="Offset">Where it starts, in numbers.</param>
/// <param name="Rows">Rows in the memory.</param>
/// <param name="Columns">Numbers in a row.</param>
/// <param name="Width">Numbers in a row, padding included.</param>
/// <param name="IsTrained">Whether the optimizer changes it: not a buffer, not frozen.</param>
internal sealed record ParameterSlot(string Name, int Offset, int Rows, int Columns, int Width, bool IsTrained)
{
    /// <summary>How many numbers it has.</summary>
    internal int Count => Rows * Columns;

    /// <summary>Where a number lies. A row here is a column of the tensor: weights are [out,in] there and [in][out] here.</summary>
    /// <param name="index">Its place in the tensor.</param>
    internal int At(int index) => Offset + index % Rows * Width + index / Rows;
}
