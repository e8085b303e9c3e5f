namespace DLExperiments.Sweeps.Spaces;

/// <summary>The unit cube of a space, which is all that samplers see of it.</summary>
public sealed class SampleCube
{
    /// <summary>Makes a cube.</summary>
    /// <param name="dimensions">Its dimensions, those that others depend on before them.</param>
    public SampleCube(IReadOnlyList<CubeDimension> dimensions) => Dimensions = dimensions;

    /// <summary>The dimensions.</summary>
    public IReadOnlyList<CubeDimension> Dimensions { get; }

    /// <summary>Whether a dimension counts at a point.</summary>
    /// <param name="point">The point; only dimensions before this one are looked at.</param>
    /// <param name="dimension">The dimension.</param>
    public bool IsActive(IReadOnlyList<double> point, int dimension)
    {
        CubeDimension own = Dimensions[dimension];
        if (own.Parent < 0) return true;
        double place = point[own.Parent];
        return !double.IsNaN(place) && IsActive(point, own.Parent)
            && own.ParentLevels.Contains(SpaceValues.Part(place, Dimensions[own.Parent].Levels!.Value));
    }

    /// <summary>Puts NaN into the dimensions that do not count.</summary>
    /// <param name="point">The point; changed in place and given back.</param>
    public double[] Mask(double[] point)
    {
        for (int d = 0; d < point.Length; d++)
            if (!IsActive(point, d)) point[d] = double.NaN;
        return point;
    }
}
