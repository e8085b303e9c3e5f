using DLExperiments.Catalogues;

namespace DLExperiments.Networks.Architectures.Residual;

/// <summary>ResNet with 101 layers: bottleneck blocks, 3, 4, 23 and 3 in the stages.</summary>
[CatalogueEntry("ResNet101")]
public sealed class ResNet101 : ResNet
{
    /// <summary>Sets the variant.</summary>
    public ResNet101()
        : base([3, 4, 23, 3], bottleneck: true)
    {
    }
}
