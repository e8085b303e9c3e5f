namespace DLExperiments.Networks;

/// <summary>A layer that bends each value (or each vector of scores) and keeps the shape; what <c>Add-Layer -Activation</c> takes.</summary>
public abstract class ActivationLayer : SingleInputLayer
{
    /// <inheritdoc/>
    public override LayerPrecision Precision => LayerPrecision.AsGiven;
}
