using DLExperiments.Losses;

namespace DLExperiments.Training.Fused.Losses;

/// <summary>The losses that the fused engine knows. A new one is a class and a line here.</summary>
internal static class FusedLossKinds
{
    private static readonly Dictionary<Type, FusedLossKind> Known = new FusedLossKind[]
    {
        new FusedCrossEntropyKind(),
        new FusedElementLossKind<BinaryCrossEntropyWithLogitsLoss, LogitsLossFunction>(loss => new(loss.PositiveWeight)),
        new FusedElementLossKind<MeanSquaredErrorLoss, SquareLossFunction>(_ => default),
        new FusedElementLossKind<MeanAbsoluteErrorLoss, AbsoluteLossFunction>(_ => default),
        new FusedElementLossKind<HuberLoss, HuberLossFunction>(loss => new(loss.Delta, 1)),
        new FusedElementLossKind<SmoothL1Loss, HuberLossFunction>(loss => new(loss.Beta, 1 / loss.Beta)),
        new FusedElementLossKind<LogisticLoss, LogisticLossFunction>(_ => default),
        new FusedElementLossKind<HingeLoss, HingeLossFunction>(_ => default),
    }.ToDictionary(kind => kind.Definition);

    /// <summary>The kind for the class of a definition, or null.</summary>
    internal static FusedLossKind? Find(Type definition) => Known.GetValueOrDefault(definition);
}
