using DLExperiments.Catalogues;

namespace DLExperiments.Networks.Architectures.Vgg;

/// <summary>VGG with 11 layers with weights: 8 convolutions and 3 dense layers.</summary>
[CatalogueEntry("VGG11")]
public sealed class Vgg11 : Vgg
{
    /// <summary>Sets the variant.</summary>
    public Vgg11()
        : base([1, 1, 2, 2, 2])
    {
    }
}
