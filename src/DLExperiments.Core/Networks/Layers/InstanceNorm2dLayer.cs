using DLExperiments.Catalogues;

namespace DLExperiments.Networks.Layers;

/// <summary>Normalises each channel of each image [C,H,W] by its own mean and variance (Ulyanov, Vedaldi, Lempitsky 2016).</summary>
[CatalogueEntry("InstanceNorm2d")]
public sealed class InstanceNorm2dLayer : InstanceNormLayer
{
    /// <inheritdoc/>
    protected override int Dimensions => 2;
}
