namespace DLExperiments.Networks;

/// <summary>A layer in a network's summary.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Type">Its type.</param>
/// <param name="From">What feeds it, joined by commas.</param>
/// <param name="InputShape">The shape that comes in (of the first input), without the batch dimension.</param>
/// <param name="OutputShape">The shape that goes out, without the batch dimension.</param>
/// <param name="Parameters">How many trained numbers it has.</param>
/// <param name="Trainable">How many of them training changes.</param>
/// <param name="Frozen">Whether training leaves it alone.</param>
/// <param name="MultiplyAdds">Multiply-accumulate operations for one sample.</param>
/// <param name="ActivationBytes">Memory of its result for one sample as 32-bit numbers, in bytes; training keeps it until the backward pass.</param>
/// <param name="SharedWith">The layer whose weights it uses, or null.</param>
public sealed record LayerSummary(
    string Name, string Type, string From, Shape InputShape, Shape OutputShape, long Parameters, long Trainable, bool Frozen, long MultiplyAdds,
    long ActivationBytes = 0, string? SharedWith = null);
