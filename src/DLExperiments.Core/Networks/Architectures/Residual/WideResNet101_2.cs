using DLExperiments.Catalogues;

namespace DLExperiments.Networks.Architectures.Residual;

/// <summary>Wide ResNet-101-2: ResNet101 with twice as many channels in the 3×3 convolutions.</summary>
[CatalogueEntry("WideResNet101_2")]
public sealed class WideResNet101_2 : ResNet
{
    /// <summary>Sets the variant.</summary>
    public WideResNet101_2()
        : base([3, 4, 23, 3], bottleneck: true, widthPerGroup: 128)
    {
    }
}
