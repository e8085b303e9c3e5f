using DLExperiments.Networks.Layers;

namespace DLExperiments.Training.Fused.Layers;

/// <summary>The layers that the fused engine knows. A new one is a class and a line here.</summary>
internal static class FusedLayerKinds
{
    private static readonly Dictionary<Type, FusedLayerKind> Known = new FusedLayerKind[]
    {
        new FusedLinearKind(),
        new FusedPassKind<IdentityLayer>(),
        new FusedPassKind<FlattenLayer>(),
        new FusedActivationKind<ReLULayer, ReLUFunction>(_ => default),
        new FusedActivationKind<LeakyReLULayer, LeakyReLUFunction>(layer => new(layer.NegativeSlope)),
        new FusedActivationKind<TanhLayer, TanhFunction>(_ => default),
        new FusedActivationKind<SigmoidLayer, SigmoidFunction>(_ => default),
        new FusedActivationKind<SiLULayer, SiLUFunction>(_ => default),
        new FusedActivationKind<SoftplusLayer, SoftplusFunction>(layer => new(layer.Beta, layer.Threshold)),
        new FusedGeluKind(),
        new FusedDropoutKind(),
        new FusedBatchNormKind(),
        new FusedLayerNormKind(),
    }.ToDictionary(kind => kind.Definition);

    /// <summary>The kind for the class of a definition, or null.</summary>
    internal static FusedLayerKind? Find(Type definition) => Known.GetValueOrDefault(definition);
}
