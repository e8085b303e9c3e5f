using DLExperiments.Catalogues;

namespace DLExperiments.Networks.Architectures.Vgg;

/// <summary>VGG with 16 layers with weights: 13 convolutions and 3 dense layers.</summary>
[CatalogueEntry("VGG16")]
public sealed class Vgg16 : Vgg
{
    /// <summary>Sets the variant.</summary>
    public Vgg16()
        : base([2, 2, 3, 3, 3])
    {
    }
}
