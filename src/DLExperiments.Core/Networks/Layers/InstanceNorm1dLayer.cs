using DLExperiments.Catalogues;

namespace DLExperiments.Networks.Layers;

/// <summary>Normalises each channel of each sequence [C,L] by its own mean and variance (Ulyanov, Vedaldi, Lempitsky 2016).</summary>
[CatalogueEntry("InstanceNorm1d")]
public sealed class InstanceNorm1dLayer : InstanceNormLayer
{
    /// <inheritdoc/>
    protected override int Dimensions => 1;
}
