using DLExperiments.Catalogues;

namespace DLExperiments.Networks.Architectures.ConvNeXt;

/// <summary>ConvNeXt Tiny: widths 96 to 768, 3, 3, 9 and 3 blocks.</summary>
[CatalogueEntry("ConvNeXtTiny")]
public sealed class ConvNeXtTiny : ConvNeXt
{
    /// <summary>Sets the variant.</summary>
    public ConvNeXtTiny()
        : base([96, 192, 384, 768], [3, 3, 9, 3], 0.1)
    {
    }
}
