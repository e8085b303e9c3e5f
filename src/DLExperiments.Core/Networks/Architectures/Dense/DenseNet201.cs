using DLExperiments.Catalogues;

namespace DLExperiments.Networks.Architectures.Dense;

/// <summary>DenseNet with 201 layers: blocks of 6, 12, 48 and 32.</summary>
[CatalogueEntry("DenseNet201")]
public sealed class DenseNet201 : DenseNet
{
    /// <summary>Sets the variant.</summary>
    public DenseNet201()
        : base([6, 12, 48, 32])
    {
    }
}
