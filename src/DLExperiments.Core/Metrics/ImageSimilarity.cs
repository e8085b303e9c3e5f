using DLExperiments.Errors;

namespace DLExperiments.Metrics;

/// <summary>
/// Structural similarity of two images (Wang et al. 2004) in Gaussian windows of 11 × 11 with σ 1.5 that lie inside the image, K1 0.01, K2 0.03:
/// the mean over the windows, and over the channels.
/// </summary>
internal static class ImageSimilarity
{
    internal const int Window = 11;

    private static readonly double[] Weights = Gaussian();

    /// <summary>Luminance times contrast and structure, and the latter alone.</summary>
    internal static (double Whole, double Structure) Compare(double[] a, double[] b, int rows, int columns, double range)
    {
        double[] ma = Filter(a, rows, columns), mb = Filter(b, rows, columns);
        double[] aa = Filter(Product(a, a), rows, columns), bb = Filter(Product(b, b), rows, columns), ab = Filter(Product(a, b), rows, columns);
        double c1 = Math.Pow(.01 * range, 2), c2 = Math.Pow(.03 * range, 2), whole = 0, structure = 0;
        for (int i = 0; i < ma.Length; i++)
        {
            double cs = (2 * (ab[i] - ma[i] * mb[i]) + c2) / (aa[i] - ma[i] * ma[i] + bb[i] - mb[i] * mb[i] + c2);
            structure += cs;
            whole += cs * (2 * ma[i] * mb[i] + c1) / (ma[i] * ma[i] + mb[i] * mb[i] + c1);
        }
        return (whole / ma.Length, structure / ma.Length);
    }

    /// <summary>Channels, rows and columns of an image of so many numbers.</summary>
    /// <exception cref="ExperimentException">NotAnImage.</exception>
    internal static (int Channels, int Rows, int Columns) Size(ValueTable table, int length, int? columns, string metric)
    {
        (int channels, int rows, int width) = table.Image is { } known && columns is null ? known
            : columns is { } wanted ? (1, length / wanted, wanted) : (1, (int)Math.Round(Math.Sqrt(length)), (int)Math.Round(Math.Sqrt(length)));
        return channels * rows * width == length && rows >= Window && width >= Window ? (channels, rows, width)
            : throw new ExperimentException("NotAnImage", ErrorKind.InvalidData, $"{metric}: {length} pixels are not an image of {width} columns with at least {Window} rows and columns; give Columns, one channel at a time.");
    }

    /// <summary>Half as many rows and columns: means of 2 × 2 pixels, an odd last one left out.</summary>
    internal static double[] Halve(double[] image, int rows, int columns)
    {
        double[] half = new double[rows / 2 * (columns / 2)];
        for (int y = 0; y < rows / 2; y++)
            for (int x = 0; x < columns / 2; x++)
            {
                int at = 2 * y * columns + 2 * x;
                half[y * (columns / 2) + x] = (image[at] + image[at + 1] + image[at + columns] + image[at + columns + 1]) / 4;
            }
        return half;
    }

    private static double[] Filter(double[] image, int rows, int columns)
    {
        int width = columns - Window + 1, height = rows - Window + 1;
        double[] across = new double[rows * width], both = new double[height * width];
        for (int y = 0; y < rows; y++)
            for (int x = 0; x < width; x++)
            {
                double sum = 0;
                for (int k = 0; k < Window; k++) sum += Weights[k] * image[y * columns + x + k];
                across[y * width + x] = sum;
            }
        for (int y = 0; y < height; y++)
            for (int x = 0; x < width; x++)
            {
                double sum = 0;
                for (int k = 0; k < Window; k++) sum += Weights[k] * across[(y + k) * width + x];
                both[y * width + x] = sum;
            }
        return both;
    }

    private static double[] Product(double[] a, double[] b)
    {
        double[] product = new double[a.Length];
        for (int i = 0; i < a.Length; i++) product[i] = a[i] * b[i];
        return product;
    }

    private static double[] Gaussian()
    {
        double[] weights = [.. Enumerable.Range(0, Window).Select(i => Math.Exp(-Math.Pow(i - Window / 2, 2) / (2 * 1.5 * 1.5)))];
        double total = weights.Sum();
        return [.. weights.Select(w => w / total)];
    }
}
