using DLExperiments.Catalogues;

namespace DLExperiments.Networks.Architectures.Residual;

/// <summary>ResNeXt-101: ResNet101 with 32 groups of 8 channels in the 3×3 convolutions.</summary>
[CatalogueEntry("ResNeXt101_32x8d", "ResNeXt101")]
public sealed class ResNeXt101_32x8d : ResNet
{
    /// <summary>Sets the variant.</summary>
    public ResNeXt101_32x8d()
        : base([3, 4, 23, 3], bottleneck: true, groups: 32, widthPerGroup: 8)
    {
    }
}
