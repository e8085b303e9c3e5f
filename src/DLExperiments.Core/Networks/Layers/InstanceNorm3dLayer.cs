using DLExperiments.Catalogues;

namespace DLExperiments.Networks.Layers;

/// <summary>Normalises each channel of each volume [C,D,H,W] by its own mean and variance (Ulyanov, Vedaldi, Lempitsky 2016).</summary>
[CatalogueEntry("InstanceNorm3d")]
public sealed class InstanceNorm3dLayer : InstanceNormLayer
{
    /// <inheritdoc/>
    protected override int Dimensions => 3;
}
