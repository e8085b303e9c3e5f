using DLExperiments.Catalogues;
using DLExperiments.Sweeps.Spaces;

namespace DLExperiments.Sweeps.Samplers;

/// <summary>Points drawn evenly at random, each for itself.</summary>
[CatalogueEntry("Random")]
public sealed class RandomSampler : Sampler
{
    /// <inheritdoc/>
    public override double[] Sample(SampleCube cube, long seed, int index, IReadOnlyList<SamplePoint> history) => Uniform(cube, seed, index);
}
