using DLExperiments.Networks.Layers;

namespace DLExperiments.Training.Stacking.Layers;

/// <summary>The layers that a stack knows. A new one is a line here, and a class when it is not computed value by value or channel by channel.</summary>
internal static class StackedLayerKinds
{
    private static readonly Dictionary<Type, StackedLayerKind> Known = new StackedLayerKind[]
    {
        new StackedLinearKind(),
        new StackedConvolutionKind<Conv1dLayer>(),
        new StackedConvolutionKind<Conv2dLayer>(),
        new StackedBatchNormKind<BatchNorm1dLayer>(),
        new StackedBatchNormKind<BatchNorm2dLayer>(),
        new StackedLayerNormKind(),
        new StackedDropoutKind(),
        new StackedFlattenKind(),
        new StackedPassKind<IdentityLayer>(),
        new StackedPassKind<ReLULayer>(),
        new StackedPassKind<ReLU6Layer>(),
        new StackedPassKind<LeakyReLULayer>(),
        new StackedPassKind<ELULayer>(),
        new StackedPassKind<SELULayer>(),
        new StackedPassKind<GELULayer>(),
        new StackedPassKind<SiLULayer>(),
        new StackedPassKind<MishLayer>(),
        new StackedPassKind<HardswishLayer>(),
        new StackedPassKind<SoftplusLayer>(),
        new StackedPassKind<SigmoidLayer>(),
        new StackedPassKind<TanhLayer>(),
        new StackedPassKind<MaxPool1dLayer>(),
        new StackedPassKind<MaxPool2dLayer>(),
        new StackedPassKind<AvgPool1dLayer>(),
        new StackedPassKind<AvgPool2dLayer>(),
        new StackedPassKind<AdaptiveAvgPool1dLayer>(),
        new StackedPassKind<AdaptiveAvgPool2dLayer>(),
        new StackedPassKind<AdaptiveMaxPool1dLayer>(),
        new StackedPassKind<AdaptiveMaxPool2dLayer>(),
        new StackedGlobalPoolKind<GlobalAvgPool1dLayer>(),
        new StackedGlobalPoolKind<GlobalAvgPool2dLayer>(),
        new StackedGlobalPoolKind<GlobalMaxPool1dLayer>(),
        new StackedGlobalPoolKind<GlobalMaxPool2dLayer>(),
    }.ToDictionary(kind => kind.Definition);

    /// <summary>The kind for the class of a definition, or null.</summary>
    internal static StackedLayerKind? Find(Type definition) => Known.GetValueOrDefault(definition);
}
