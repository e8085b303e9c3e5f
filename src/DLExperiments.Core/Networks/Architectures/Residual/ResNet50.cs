using DLExperiments.Catalogues;

namespace DLExperiments.Networks.Architectures.Residual;

/// <summary>ResNet with 50 layers: bottleneck blocks, 3, 4, 6 and 3 in the stages.</summary>
[CatalogueEntry("ResNet50")]
public sealed class ResNet50 : ResNet
{
    /// <summary>Sets the variant.</summary>
    public ResNet50()
        : base([3, 4, 6, 3], bottleneck: true)
    {
    }
}
