using DLExperiments.Networks;

namespace DLExperiments.Evaluation;

/// <summary>What a layer gave one row: its activations.</summary>
/// <param name="Name">The layer's name, as it was asked for.</param>
/// <param name="Shape">The shape, without the batch dimension.</param>
/// <param name="Values">The values, row-major.</param>
public sealed record LayerOutput(string Name, Shape Shape, float[] Values)
{
    /// <summary>The values as an array of as many dimensions as the shape has: <c>$map[0, 3, 5]</c> is channel 0, row 3, column 5.</summary>
    public Array ToArray()
    {
        Array array = Array.CreateInstance(typeof(float), Shape.Count == 0 ? [1] : Shape.ToArray());
        Buffer.BlockCopy(Values, 0, array, 0, Values.Length * sizeof(float));
        return array;
    }
}
