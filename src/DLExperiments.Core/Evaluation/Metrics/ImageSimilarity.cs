using DLExperiments.Errors;

namespace DLExperiments.Evaluation.Metrics;

/// <summary>Structural similarity of two images (Wang et al. 2004): Gaussian windows of 11 × 11 with σ 1.5 that lie inside the image, K1 0.01, K2 0.03.</summary>
internal static class ImageSimilarity
{
    internal const int Window = 11;

    private static readonly double[] Weights = MakeWeights();

    /// <summary>The rows and columns of images that are given as lists of pixels.</summary>
    /// <exception cref="ExperimentException">NotAnImage: the pixels do not fill the columns, or are too few.</exception>
    internal static (int Rows, int Columns) Size(string metric, int pixels, int? columns, int least)
    {
        int wide = columns ?? (int)Math.Round(Math.Sqrt(pixels)), rows = pixels / wide;
        return rows * wide == pixels && rows >= least && wide >= least ? (rows, wide) : throw new ExperimentException("NotAnImage", ErrorKind.InvalidData,
            $"{metric}: {pixels} pixels are not an image of {wide} columns with at least {least} rows and columns; give -Columns, one channel at a time.");
    }

    /// <summary>The mean similarity over all windows, and the mean of its part for contrast and structure.</summary>
    internal static (double Similarity, double Structure) Compare(double[] a, double[] b, int rows, int columns, double dataRange)
    {
        double c1 = Math.Pow(.01 * dataRange, 2), c2 = Math.Pow(.03 * dataRange, 2), similarities = 0, structures = 0;
        for (int top = 0; top + Window <= rows; top++)
            for (int left = 0; left + Window <= columns; left++)
            {
                double ma = 0, mb = 0, aa = 0, bb = 0, ab = 0;
                for (int y = 0; y < Window; y++)
                    for (int x = 0; x < Window; x++)
                    {
                        double w = Weights[y] * Weights[x], p = a[(top + y) * columns + left + x], q = b[(top + y) * columns + left + x];
                        (ma, mb, aa, bb, ab) = (ma + w * p, mb + w * q, aa + w * p * p, bb + w * q * q, ab + w * p * q);
                    }
                double structure = (2 * (ab - ma * mb) + c2) / (aa - ma * ma + bb - mb * mb + c2);
                structures += structure;
                similarities += (2 * ma * mb + c1) / (ma * ma + mb * mb + c1) * structure;
            }
        int windows = (rows - Window + 1) * (columns - Window + 1);
        return (similarities / windows, structures / windows);
    }

    /// <summary>The image at half its size, means of 2 × 2 pixels.</summary>
    internal static double[] Halve(double[] image, int rows, int columns)
    {
        int halfRows = rows / 2, halfColumns = columns / 2;
        var half = new double[halfRows * halfColumns];
        for (int y = 0; y < halfRows; y++)
            for (int x = 0; x < halfColumns; x++)
            {
                int at = 2 * y * columns + 2 * x;
                half[y * halfColumns + x] = (image[at] + image[at + 1] + image[at + columns] + image[at + columns + 1]) / 4;
            }
        return half;
    }

    private static double[] MakeWeights()
    {
        double[] weights = [.. Enumerable.Range(0, Window).Select(i => Math.Exp(-Math.Pow(i - Window / 2, 2) / (2 * 1.5 * 1.5)))];
        double total = weights.Sum();
        return [.. weights.Select(w => w / total)];
    }
}
