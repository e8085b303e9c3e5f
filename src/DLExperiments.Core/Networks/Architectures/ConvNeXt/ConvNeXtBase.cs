using DLExperiments.Catalogues;

namespace DLExperiments.Networks.Architectures.ConvNeXt;

/// <summary>ConvNeXt Base: widths 128 to 1024, 3, 3, 27 and 3 blocks.</summary>
[CatalogueEntry("ConvNeXtBase")]
public sealed class ConvNeXtBase : ConvNeXt
{
    /// <summary>Sets the variant.</summary>
    public ConvNeXtBase()
        : base([128, 256, 512, 1024], [3, 3, 27, 3], 0.5)
    {
    }
}
