namespace DLExperiments.Training.Fused.Optimizers;

/// <summary>The optimizers that the fused engine knows. A new one is a class and a line here.</summary>
internal static class FusedOptimizerKinds
{
    private static readonly Dictionary<Type, FusedOptimizerKind> Known = new FusedOptimizerKind[]
    {
        new FusedSgdKind(),
        new FusedAdamKind(),
        new FusedAdamWKind(),
        new FusedAdagradKind(),
        new FusedRmsPropKind(),
        new FusedAdadeltaKind(),
    }.ToDictionary(kind => kind.Definition);

    /// <summary>The kind for the class of a definition, or null.</summary>
    internal static FusedOptimizerKind? Find(Type definition) => Known.GetValueOrDefault(definition);
}
