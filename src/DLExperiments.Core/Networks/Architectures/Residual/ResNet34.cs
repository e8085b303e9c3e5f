using DLExperiments.Catalogues;

namespace DLExperiments.Networks.Architectures.Residual;

/// <summary>ResNet with 34 layers: blocks of two 3×3 convolutions, 3, 4, 6 and 3 in the stages.</summary>
[CatalogueEntry("ResNet34")]
public sealed class ResNet34 : ResNet
{
    /// <summary>Sets the variant.</summary>
    public ResNet34()
        : base([3, 4, 6, 3], bottleneck: false)
    {
    }
}
