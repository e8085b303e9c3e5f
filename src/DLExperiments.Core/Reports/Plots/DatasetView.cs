namespace DLExperiments.Reports.Plots;

/// <summary>Ways to look at a data set.</summary>
public enum DatasetView
{
    /// <summary>What suits the data.</summary>
    Auto,

    /// <summary>A grid of images with their classes, masks or boxes.</summary>
    Image,

    /// <summary>How many rows each class has.</summary>
    Class,

    /// <summary>How the numbers are spread.</summary>
    Histogram,

    /// <summary>Images beside what the augmentations make of them.</summary>
    Augmentation,

    /// <summary>Rows of text with their targets.</summary>
    Text,

    /// <summary>Rows as lines over time.</summary>
    Series,

    /// <summary>Points by two numbers.</summary>
    Scatter,
}
