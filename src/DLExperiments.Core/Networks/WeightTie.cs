namespace DLExperiments.Networks;

/// <summary>A parameter of a layer that is another layer's: it exists, counts and is trained once.</summary>
/// <param name="Parameter">Its name within both layers, for example <c>weight</c>.</param>
/// <param name="Owner">The layer that it belongs to.</param>
public sealed record WeightTie(string Parameter, string Owner)
{
    /// <summary>The parameter's full name: <c>layer.parameter</c>.</summary>
    public string FullName => $"{Owner}.{Parameter}";
}
