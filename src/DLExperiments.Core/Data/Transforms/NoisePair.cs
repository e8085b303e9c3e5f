using System.ComponentModel.DataAnnotations;
using DLExperiments.Catalogues;
using DLExperiments.Errors;
using DLExperiments.Randomness;

namespace DLExperiments.Data.Transforms;

/// <summary>
/// Makes the first feature its own target and adds noise to the feature, at once: what a denoising network learns from. The noise of a row is
/// the same whenever it is made with the same seed.
/// </summary>
[CatalogueEntry("NoisePair")]
public sealed class NoisePair : ColumnStep
{
    /// <summary>The standard deviation of the normal noise, in the units of the values: pixels lie in [0,1].</summary>
    [Position(0)]
    [Range(0.0, double.MaxValue)]
    public double Deviation { get; set; } = 0.1;

    /// <summary>Leaves values outside [0,1] as they are instead of moving them to its ends.</summary>
    public bool NoClamp { get; set; }

    /// <summary>Seed of the noise.</summary>
    public long Seed { get; set; }

    private protected override Dataset Change(Dataset data)
    {
        DataColumn column = data.Features[0];
        if ((long)column.Count * column.ItemShape.ElementCount > Array.MaxLength)
            throw new ExperimentException("ImagesTooLarge", ErrorKind.InvalidArgument, $"NoisePair keeps all rows in memory, and {column.Count} items of {column.ItemShape} do not fit; choose a smaller size.", data.Name);
        float[] clean = ReadAll(column), noisy = new float[clean.Length];
        int size = column.ItemShape.ElementCount;
        Parallel.For(0, column.Count, row =>
        {
            var random = new RandomStream(Seed, RandomPurpose.Noise, row);
            for (int i = row * size; i < (row + 1) * size; i++)
            {
                float value = clean[i] + (float)(Deviation * random.NextNormal());
                noisy[i] = NoClamp ? value : Math.Clamp(value, 0, 1);
            }
        });
        DataColumn target = column is ByteColumn bytes ? new ByteColumn("Clean", column.ItemShape, bytes.Values.ToArray(), bytes.Scale) : new FloatColumn("Clean", column.ItemShape, clean);
        return data.WithColumns([new FloatColumn(column.Name, column.ItemShape, noisy), .. data.Features.Skip(1)], [target], null);
    }
}
