namespace DLExperiments.Networks;

/// <summary>An input of a network.</summary>
/// <param name="Name">Its name; <c>input</c> for a network with one input.</param>
/// <param name="Shape">The shape of one sample, without the batch dimension.</param>
public sealed record NetworkInput(string Name, Shape Shape);
