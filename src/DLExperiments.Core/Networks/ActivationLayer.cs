namespace DLExperiments.Networks;

/// <summary>A layer that bends each value (or each vector of scores) and keeps the shape; what <c>Add-Layer -Activation</c> takes.</summary>
public abstract class ActivationLayer : SingleInputLayer
{
    /// <inheritdoc/>
    public override LayerPrecision Precision => LayerPrecision.AsGiven;

    /// <summary>Whether a unit that gives 0 for every row learns no more, because the slope is 0 there: a dead unit.</summary>
    public virtual bool CanDie => false;
}
