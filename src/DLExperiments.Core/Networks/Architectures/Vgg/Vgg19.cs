using DLExperiments.Catalogues;

namespace DLExperiments.Networks.Architectures.Vgg;

/// <summary>VGG with 19 layers with weights: 16 convolutions and 3 dense layers.</summary>
[CatalogueEntry("VGG19")]
public sealed class Vgg19 : Vgg
{
    /// <summary>Sets the variant.</summary>
    public Vgg19()
        : base([2, 2, 4, 4, 4])
    {
    }
}
