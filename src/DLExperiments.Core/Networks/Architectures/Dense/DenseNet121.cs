using DLExperiments.Catalogues;

namespace DLExperiments.Networks.Architectures.Dense;

/// <summary>DenseNet with 121 layers: blocks of 6, 12, 24 and 16.</summary>
[CatalogueEntry("DenseNet121")]
public sealed class DenseNet121 : DenseNet
{
    /// <summary>Sets the variant.</summary>
    public DenseNet121()
        : base([6, 12, 24, 16])
    {
    }
}
