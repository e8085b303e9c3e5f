using DLExperiments.Catalogues;

namespace DLExperiments.Networks.Architectures.Residual;

/// <summary>ResNet with 18 layers: blocks of two 3×3 convolutions, 2 in each stage.</summary>
[CatalogueEntry("ResNet18")]
public sealed class ResNet18 : ResNet
{
    /// <summary>Sets the variant.</summary>
    public ResNet18()
        : base([2, 2, 2, 2], bottleneck: false)
    {
    }
}
