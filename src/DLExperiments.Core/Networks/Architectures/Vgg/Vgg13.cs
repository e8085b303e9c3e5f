using DLExperiments.Catalogues;

namespace DLExperiments.Networks.Architectures.Vgg;

/// <summary>VGG with 13 layers with weights: 10 convolutions and 3 dense layers.</summary>
[CatalogueEntry("VGG13")]
public sealed class Vgg13 : Vgg
{
    /// <summary>Sets the variant.</summary>
    public Vgg13()
        : base([2, 2, 2, 2, 2])
    {
    }
}
