using DLExperiments.Catalogues;

namespace DLExperiments.Networks.Architectures.ConvNeXt;

/// <summary>ConvNeXt Large: widths 192 to 1536, 3, 3, 27 and 3 blocks.</summary>
[CatalogueEntry("ConvNeXtLarge")]
public sealed class ConvNeXtLarge : ConvNeXt
{
    /// <summary>Sets the variant.</summary>
    public ConvNeXtLarge()
        : base([192, 384, 768, 1536], [3, 3, 27, 3], 0.5)
    {
    }
}
