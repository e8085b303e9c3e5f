using DLExperiments.Networks;

namespace DLExperiments.Losses;

/// <summary>The form in which a loss wants one row's target.</summary>
/// <param name="Shape">The shape of one row's target, without the batch dimension.</param>
/// <param name="IsIndex">True when the values are class indices (int64 for libtorch), false for float32 values.</param>
/// <param name="Classes">How many classes there are; 2 for yes/no targets, 0 for numbers.</param>
/// <param name="Decisions">How many right-or-wrong decisions a row has for the accuracy; 0 when accuracy has no meaning.</param>
public sealed record TargetLayout(Shape Shape, bool IsIndex, int Classes, int Decisions)
{
    /// <summary>How many values one row's target has.</summary>
    public int Width => Shape.ElementCount;
}
