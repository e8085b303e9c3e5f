using DLExperiments.Catalogues;

namespace DLExperiments.Networks.Architectures.Dense;

/// <summary>DenseNet with 169 layers: blocks of 6, 12, 32 and 32.</summary>
[CatalogueEntry("DenseNet169")]
public sealed class DenseNet169 : DenseNet
{
    /// <summary>Sets the variant.</summary>
    public DenseNet169()
        : base([6, 12, 32, 32])
    {
    }
}
