namespace DLExperiments.Networks.Torch;

/// <summary>Where a parameter lies in its flat buffer.</summary>
/// <param name="Name">Full name: <c>layer.parameter</c>.</param>
/// <param name="Shape">Its shape.</param>
/// <param name="Offset">Its first element's place.</param>
/// <param name="Length">How many elements.</param>
/// <param name="IsBias">Whether it is a bias, which weight penalties may leave alone.</param>
public sealed record ParameterSlice(string Name, Shape Shape, long Offset, int Length, bool IsBias);
