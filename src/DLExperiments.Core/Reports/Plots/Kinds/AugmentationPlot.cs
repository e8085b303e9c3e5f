using System.ComponentModel.DataAnnotations;
using DLExperiments.Catalogues;
using DLExperiments.Data;
using DLExperiments.Data.Augmentations;
using DLExperiments.Errors;
using DLExperiments.Networks;
using DLExperiments.Reports.Plots.Charts;

namespace DLExperiments.Reports.Plots.Kinds;

/// <summary>Images as they are stored, each followed by what the augmentations of the data set make of it in some steps of training.</summary>
[CatalogueEntry("AugmentationGallery")]
public sealed class AugmentationPlot : DatasetPlot
{
    /// <summary>How many images, 1 to 100.</summary>
    [Range(1, 100)]
    public int Count { get; set; } = 4;

    /// <summary>How often each is augmented, 1 to 50.</summary>
    [Range(1, 50)]
    public int Variants { get; set; } = 5;

    /// <summary>Seed of the augmentation.</summary>
    public long Seed { get; set; }

    private protected override Figure Draw(Dataset data)
    {
        data = data.Train ?? data;
        if (data.Augmentations.IsEmpty) throw Nothing($"'{data.Name}' has no augmentation; add one with Add-Transform, such as RandomRotation or RandAugment.");
        Shape shape = data.InputShape;
        (int, int, int) size = ImageChart.SizeOf(shape, null)
            ?? throw new ExperimentException("NotAnImage", ErrorKind.InvalidData, $"{Kind} draws images of 1 or 3 channels; the rows have the shape {shape}.", data.Name);
        int count = Math.Min(Count, data.Count);
        float[] stored = new float[count * shape.ElementCount];
        data.ReadFeature(0, [.. Enumerable.Range(0, count)], stored);
        var rounds = new List<float[]> { stored };
        for (int step = 0; step < Variants; step++)
        {
            float[] values = [.. stored];
            for (int place = 0; place < data.Augmentations.Length; place++)
                data.Augmentations[place].Apply(new AugmentationBatch(values, shape, count, [], 0, Seed, step, place));
            rounds.Add(values);
        }
        var charts = new List<Chart>();
        for (int row = 0; row < count; row++)
            foreach (float[] round in rounds)
                charts.Add(ImageChart.Create(round[(row * shape.ElementCount)..((row + 1) * shape.ElementCount)], size, round == stored ? RowTitle.Of(data, row) : " "));
        int columns = Variants + 1;
        return new Figure(charts, columns) { Title = Title, Width = Math.Max(160, 28 + columns * 86), Height = 34 + (Title.Length > 0 ? 30 : 0) + count * 104 };
    }
}
