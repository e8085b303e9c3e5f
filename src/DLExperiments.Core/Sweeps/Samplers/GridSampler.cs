using System.ComponentModel.DataAnnotations;
using DLExperiments.Catalogues;
using DLExperiments.Errors;
using DLExperiments.Randomness;
using DLExperiments.Sweeps.Spaces;

namespace DLExperiments.Sweeps.Samplers;

/// <summary>Every combination of values; the last parameter changes fastest. A range gives its bounds and places at equal distances between them.</summary>
[CatalogueEntry("Grid")]
public sealed class GridSampler : Sampler
{
    private const int Most = 1_000_000;

    private readonly object gate = new();
    private SampleCube? known;
    private IReadOnlyList<double[]> points = [];

    /// <summary>How many values a range without a step has.</summary>
    [Range(2, 1000)]
    public int Levels { get; set; } = 5;

    /// <summary>Whether the combinations come in random order. Pruners judge a trial by those before it, so that a grid from bad to good gives them nothing to prune.</summary>
    public bool Shuffle { get; set; }

    /// <inheritdoc/>
    public override int? CountIn(SampleCube cube) => Points(cube).Count;

    /// <inheritdoc/>
    public override double[] Sample(SampleCube cube, long seed, int index, IReadOnlyList<SamplePoint> history)
    {
        IReadOnlyList<double[]> all = Points(cube);
        return (double[])all[Shuffle ? new RandomStream(seed, RandomPurpose.Sweep, -2).NextPermutation(all.Count)[index] : index].Clone();
    }

    private IReadOnlyList<double[]> Points(SampleCube cube)
    {
        lock (gate)
        {
            if (ReferenceEquals(known, cube)) return points;
            var all = new List<double[]>();
            Extend(cube, new double[cube.Dimensions.Count], 0, all);
            (known, points) = (cube, all);
            return all;
        }
    }

    private void Extend(SampleCube cube, double[] point, int dimension, List<double[]> all)
    {
        if (dimension == point.Length)
        {
            if (all.Count == Most)
                throw new ExperimentException("GridTooLarge", ErrorKind.InvalidArgument, $"The grid has more than {Most} points. List fewer values, lower -Sampler @{{ Name = 'Grid'; Levels = ... }}, or use -Sampler Random.");
            all.Add((double[])point.Clone());
            return;
        }
        if (!cube.IsActive(point, dimension))
        {
            point[dimension] = double.NaN;
            Extend(cube, point, dimension + 1, all);
            return;
        }
        CubeDimension own = cube.Dimensions[dimension];
        bool whole = own.Levels is { } n && (own.IsListed || n <= Levels);
        int count = whole ? own.Levels!.Value : Levels;
        for (int k = 0; k < count; k++)
        {
            point[dimension] = own.Levels is not { } levels ? (double)k / (count - 1)
                : ((whole ? k : (int)Math.Round((double)k * (levels - 1) / (count - 1))) + .5) / levels;
            Extend(cube, point, dimension + 1, all);
        }
    }
}
