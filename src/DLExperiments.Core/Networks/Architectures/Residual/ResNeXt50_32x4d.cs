using DLExperiments.Catalogues;

namespace DLExperiments.Networks.Architectures.Residual;

/// <summary>ResNeXt-50: ResNet50 with 32 groups of 4 channels in the 3×3 convolutions.</summary>
[CatalogueEntry("ResNeXt50_32x4d", "ResNeXt50")]
public sealed class ResNeXt50_32x4d : ResNet
{
    /// <summary>Sets the variant.</summary>
    public ResNeXt50_32x4d()
        : base([3, 4, 6, 3], bottleneck: true, groups: 32, widthPerGroup: 4)
    {
    }
}
