using DLExperiments.Catalogues;
using DLExperiments.Errors;
using DLExperiments.Networks;

namespace DLExperiments.Data.Transforms;

/// <summary>
/// A step that changes feature values before a network sees them. What a step learns from data (means, scales) it learns from the
/// training part alone, by <see cref="Fit"/>; the fitted step is saved with the model and applied to whatever is measured or predicted.
/// </summary>
public abstract class Transform : DataStep
{
    /// <inheritdoc/>
    public override Dataset AddTo(Dataset data) => data.WithTransform(this);

    /// <summary>Whether the step knows all that it needs.</summary>
    public virtual bool IsFitted => true;

    /// <summary>Returns the step with what it learns from the training part.</summary>
    /// <param name="train">Reads the feature's training rows, as the steps before this one leave them.</param>
    public virtual Transform Fit(FeatureReader train) => this;

    /// <summary>Changes rows in place.</summary>
    /// <param name="values">Rows, row-major.</param>
    /// <param name="itemShape">The shape of one row's item.</param>
    public abstract void Apply(Span<float> values, Shape itemShape);

    /// <summary>Takes the step back in place, where that is possible.</summary>
    /// <param name="values">Rows as <see cref="Apply"/> left them.</param>
    /// <param name="itemShape">The shape of one row's item.</param>
    /// <returns>False when the step cannot be taken back; the values are then unchanged.</returns>
    public virtual bool Invert(Span<float> values, Shape itemShape) => false;

    /// <summary>Stops a step that is used before it was fitted.</summary>
    /// <exception cref="ExperimentException">TransformNotFitted.</exception>
    protected void RequireFitted()
    {
        if (!IsFitted)
            throw new ExperimentException("TransformNotFitted", ErrorKind.InvalidOperation,
                $"The transform {Catalogue<DataStep>.Default.EntryOf(this).Name} is not fitted: fit it on the training part first.", this);
    }
}
