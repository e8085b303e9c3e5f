using DLExperiments.Catalogues;

namespace DLExperiments.Networks.Architectures.Residual;

/// <summary>Wide ResNet-50-2: ResNet50 with twice as many channels in the 3×3 convolutions.</summary>
[CatalogueEntry("WideResNet50_2")]
public sealed class WideResNet50_2 : ResNet
{
    /// <summary>Sets the variant.</summary>
    public WideResNet50_2()
        : base([3, 4, 6, 3], bottleneck: true, widthPerGroup: 128)
    {
    }
}
