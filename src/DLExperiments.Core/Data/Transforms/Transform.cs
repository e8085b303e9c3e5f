using DLExperiments.Catalogues;
using DLExperiments.Networks;

namespace DLExperiments.Data.Transforms;

/// <summary>
/// A step that changes feature values before a network sees them. What a step learns from data (means, scales) it learns from the
/// training part alone, by <see cref="Fit"/>; the fitted step is saved with the model and applied to whatever is measured or predicted.
/// </summary>
[Catalogue("transform")]
public abstract class Transform
{
    /// <summary>Whether the step knows all that it needs.</summary>
    public virtual bool IsFitted => true;

    /// <summary>Returns the step with what it learns from the training part.</summary>
    /// <param name="train">Reads the feature's training rows, as the steps before this one leave them.</param>
    public virtual Transform Fit(FeatureReader train) => this;

    /// <summary>Changes rows in place.</summary>
    /// <param name="values">Rows, row-major.</param>
    /// <param name="itemShape">The shape of one row's item.</param>
    public abstract void Apply(Span<float> values, Shape itemShape);
}
