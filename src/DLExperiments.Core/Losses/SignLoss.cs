namespace DLExperiments.Losses;

/// <summary>A loss on scores whose targets are -1 and +1; the two classes of a class column become these.</summary>
public abstract class SignLoss : BinaryLoss
{
    /// <inheritdoc/>
    public sealed override OutputReading Reading => OutputReading.Sign;

    /// <inheritdoc/>
    private protected sealed override float Threshold => 0;

    /// <inheritdoc/>
    public sealed override string? Encode(ref float value, TargetLayout layout)
    {
        if (value == 0) value = -1;
        return value is 1 or -1 ? null : "-1 and 1 (or 0 and 1)";
    }
}
