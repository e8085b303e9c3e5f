namespace DLExperiments.Data.Synthetic;

/// <summary>What of a picture of shapes is to be found.</summary>
public enum ShapesTarget
{
    /// <summary>Which shape it is; every picture then has one.</summary>
    Class,

    /// <summary>Which pixels a shape covers: [1,H,W] of 0 and 1.</summary>
    Mask,

    /// <summary>Which pixels each shape covers: [1,H,W] of 0 for none and 1, 2, 3 for the shapes in their order.</summary>
    ClassMask,

    /// <summary>Class and place of each shape, as a <see cref="BoxColumn"/>.</summary>
    Box,
}
