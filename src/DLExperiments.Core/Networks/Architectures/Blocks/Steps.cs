using DLExperiments.Networks.Initialisers;
using DLExperiments.Networks.Layers;

namespace DLExperiments.Networks.Architectures.Blocks;

/// <summary>Single layers as short steps of a chain.</summary>
internal static class Steps
{
    internal static readonly ActivationLayer Rectifier = new ReLULayer();

    internal static LayerChain Conv(this LayerChain chain, string name, int channels, Window kernel, Window? stride = null, Window? padding = null,
        int groups = 1, bool bias = true, PaddingMode mode = PaddingMode.Zeros, Initialiser? start = null, Initialiser? biasStart = null) =>
        chain.Then(new Conv2dLayer
        {
            OutChannels = channels,
            KernelSize = kernel.Sizes,
            Stride = (stride ?? 1).Sizes,
            Padding = new ConvolutionPadding((padding ?? 0).Sizes),
            Groups = groups,
            Bias = bias,
            PaddingMode = mode,
            WeightInitialiser = start,
            BiasInitialiser = biasStart,
        }, name);

    internal static LayerChain ConvTranspose(this LayerChain chain, string name, int channels, int kernel, int stride, int padding, int outputPadding = 0) =>
        chain.Then(new ConvTranspose2dLayer
        {
            OutChannels = channels, KernelSize = [kernel], Stride = [stride], Padding = [padding], OutputPadding = [outputPadding],
        }, name);

    internal static LayerChain Norm(this LayerChain chain, string name, double eps = 1e-5, double momentum = 0.1) =>
        chain.Then(new BatchNorm2dLayer { Eps = eps, Momentum = momentum }, name);

    internal static LayerChain ReLU(this LayerChain chain, string name) => chain.Then(Rectifier, name);

    internal static LayerChain Leaky(this LayerChain chain, string name) => chain.Then(new LeakyReLULayer { NegativeSlope = 0.2 }, name);

    internal static LayerChain Linear(this LayerChain chain, string name, int features, Initialiser? start = null, Initialiser? biasStart = null, bool bias = true) =>
        chain.Then(new LinearLayer { OutFeatures = features, Bias = bias, WeightInitialiser = start, BiasInitialiser = biasStart }, name);

    internal static LayerChain Flatten(this LayerChain chain, string name = "flatten") => chain.Then(new FlattenLayer(), name);

    // A probability of 0 needs no layer; the names of the others do not depend on it.
    internal static LayerChain Dropout(this LayerChain chain, string name, double probability) =>
        probability > 0 ? chain.Then(new DropoutLayer { P = probability }, name) : chain;

    internal static LayerChain Dropout2d(this LayerChain chain, string name, double probability) =>
        probability > 0 ? chain.Then(new Dropout2dLayer { P = probability }, name) : chain;

    internal static LayerChain MaxPool(this LayerChain chain, string name, int kernel, int stride, int padding = 0, bool ceil = false) =>
        chain.Then(new MaxPool2dLayer { KernelSize = [kernel], Stride = [stride], Padding = [padding], CeilMode = ceil }, name);

    internal static LayerChain AvgPool(this LayerChain chain, string name, int kernel, int stride, int padding = 0) =>
        chain.Then(new AvgPool2dLayer { KernelSize = [kernel], Stride = [stride], Padding = [padding] }, name);

    internal static LayerChain AdaptivePool(this LayerChain chain, string name, int size) => chain.Then(new AdaptiveAvgPool2dLayer { OutputSize = [size] }, name);

    internal static LayerChain Upsample(this LayerChain chain, string name, UpsampleMode mode = UpsampleMode.Nearest) =>
        chain.Then(new UpsampleLayer { ScaleFactor = 2, Mode = mode, AlignCorners = mode != UpsampleMode.Nearest }, name);

    /// <summary>Mean over each map, then the scores: what most classifiers end with.</summary>
    internal static LayerChain PooledHead(this LayerChain chain, string name, int classes, double dropout = 0, Initialiser? start = null, Initialiser? biasStart = null) =>
        chain.AdaptivePool("avgpool", 1).Flatten().Dropout("dropout", dropout).Linear(name, classes, start, biasStart);
}
