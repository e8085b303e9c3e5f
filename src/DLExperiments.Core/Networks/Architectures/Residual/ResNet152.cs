using DLExperiments.Catalogues;

namespace DLExperiments.Networks.Architectures.Residual;

/// <summary>ResNet with 152 layers: bottleneck blocks, 3, 8, 36 and 3 in the stages.</summary>
[CatalogueEntry("ResNet152")]
public sealed class ResNet152 : ResNet
{
    /// <summary>Sets the variant.</summary>
    public ResNet152()
        : base([3, 8, 36, 3], bottleneck: true)
    {
    }
}
