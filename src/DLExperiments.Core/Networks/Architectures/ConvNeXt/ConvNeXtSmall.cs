using DLExperiments.Catalogues;

namespace DLExperiments.Networks.Architectures.ConvNeXt;

/// <summary>ConvNeXt Small: widths 96 to 768, 3, 3, 27 and 3 blocks.</summary>
[CatalogueEntry("ConvNeXtSmall")]
public sealed class ConvNeXtSmall : ConvNeXt
{
    /// <summary>Sets the variant.</summary>
    public ConvNeXtSmall()
        : base([96, 192, 384, 768], [3, 3, 27, 3], 0.4)
    {
    }
}
