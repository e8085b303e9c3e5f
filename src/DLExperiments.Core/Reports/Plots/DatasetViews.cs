using DLExperiments.Data;
using DLExperiments.Networks;
using DLExperiments.Randomness;
using DLExperiments.Reports.Plots.Kinds;

namespace DLExperiments.Reports.Plots;

/// <summary>Which plot shows a data set in which view.</summary>
public static class DatasetViews
{
    // Shorter rows of numbers that are no table say more as histograms.
    private const int ShortestSeries = 8;

    /// <summary>The view that suits a data set: images, text, points, lines, or histograms.</summary>
    /// <param name="data">The data set.</param>
    public static DatasetView Choose(Dataset data)
    {
        Shape shape = data.InputShape;
        if (data.Features[0] is SequenceColumn) return DatasetView.Text;
        if ((shape.Count == 3 || data.Features[0] is PixelColumn) && ImageChart.SizeOf(shape, null) is not null) return DatasetView.Image;
        if (data.Schema is { } schema) return schema.Features.Length == 2 && schema.FeatureWidth == 2 && data.ClassNames is not null ? DatasetView.Scatter : DatasetView.Histogram;
        return shape.Count is 1 or 2 && shape.ElementCount >= ShortestSeries ? DatasetView.Series : DatasetView.Histogram;
    }

    /// <summary>The name of the plot of a view, in the catalogue of plots.</summary>
    /// <param name="view">The view, not Auto.</param>
    public static string PlotOf(DatasetView view) => view switch
    {
        DatasetView.Image => "ImageGrid",
        DatasetView.Class => "ClassBalance",
        DatasetView.Augmentation => "AugmentationGallery",
        DatasetView.Text => "TextPreview",
        DatasetView.Series => "Series",
        DatasetView.Scatter => "Scatter",
        _ => "FeatureHistogram",
    };

    /// <summary>The data set with its rows in another order, so that the first of them are of all classes; views of all rows need none.</summary>
    /// <param name="data">The data set.</param>
    /// <param name="view">The view.</param>
    /// <param name="seed">Seed of the order; null leaves the rows as they are.</param>
    public static Dataset Arrange(Dataset data, DatasetView view, long? seed)
    {
        if (seed is not { } number || view is DatasetView.Class or DatasetView.Histogram or DatasetView.Scatter) return data;
        Dataset shown = view == DatasetView.Augmentation ? data.Train ?? data : data;
        return shown.Select(shown.Name, new RandomStream(number, RandomPurpose.User).NextPermutation(shown.Count));
    }
}
