using DLExperiments.Catalogues;
using DLExperiments.Errors;
using DLExperiments.Networks;
using DLExperiments.Randomness;

namespace DLExperiments.Data.Augmentations;

/// <summary>Blots out a random rectangle of training pictures, anew in every step (Zhong et al. 2020).</summary>
[CatalogueEntry("RandomErasing")]
public sealed class RandomErasing : RowAugmentation
{
    private const int Attempts = 10;

    /// <summary>Blots out in half of the rows, unless said otherwise.</summary>
    public RandomErasing() => Probability = 0.5;

    /// <summary>The least and the greatest share of the picture's area.</summary>
    [Position(0)]
    public double[] Area { get; set; } = [0.02, 0.33];

    /// <summary>The least and the greatest ratio of height to width.</summary>
    [Position(1)]
    public double[] Ratio { get; set; } = [0.3, 3.3];

    /// <summary>The value that is put in.</summary>
    public double Fill { get; set; }

    private protected override void Check(DataColumn feature)
    {
        base.Check(feature);
        foreach ((double[] range, string name, double most) in new[] { (Area, nameof(Area), 1), (Ratio, nameof(Ratio), double.MaxValue) })
            if (range is not [> 0, > 0] || range[0] > range[1] || range[1] > most)
                throw new ExperimentException("InvalidParameterValue", ErrorKind.InvalidArgument, $"{Name}: {name} must be the least and the greatest value, both above 0{(most == 1 ? " and at most 1" : "")}.", range);
    }

    private protected override void Change(Span<float> item, Shape shape, RandomStream random)
    {
        int height = shape[1], width = shape[2];
        for (int attempt = 0; attempt < Attempts; attempt++)
        {
            double area = random.NextUniform(Area[0], Area[1]) * height * width;
            double ratio = Math.Exp(random.NextUniform(Math.Log(Ratio[0]), Math.Log(Ratio[1])));
            int h = (int)Math.Round(Math.Sqrt(area * ratio)), w = (int)Math.Round(Math.Sqrt(area / ratio));
            if (h < 1 || w < 1 || h > height || w > width) continue;
            int top = random.NextInt32(height - h + 1), left = random.NextInt32(width - w + 1);
            for (int line = 0; line < shape[0] * h; line++)
                item.Slice((line / h * height + top + line % h) * width + left, w).Fill((float)Fill);
            return;
        }
    }
}
