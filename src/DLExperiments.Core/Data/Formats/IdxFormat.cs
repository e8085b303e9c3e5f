using System.Globalization;
using DLExperiments.Catalogues;
using DLExperiments.Errors;
using DLExperiments.Networks;

namespace DLExperiments.Data.Formats;

/// <summary>
/// Images and labels in IDX files as MNIST, Fashion-MNIST and EMNIST have them, plain or gzip. Bytes become pixels in [0,1] of shape
/// [1,H,W]. The labels lie in a second file.
/// </summary>
[CatalogueEntry("Idx")]
public sealed class IdxFormat : DataFormat
{
    /// <summary>The file with the labels; without it, a file beside the images whose name says labels instead of images.</summary>
    public string? LabelPath { get; set; }

    /// <summary>A file that names the classes: lines of a label and a character code (EMNIST), or one name a line.</summary>
    public string? MappingPath { get; set; }

    /// <summary>Swaps rows and columns of each image: EMNIST stores its characters lying on their side.</summary>
    public bool Transpose { get; set; }

    /// <summary>Makes each image one row of H*W numbers.</summary>
    public bool Flatten { get; set; }

    /// <inheritdoc/>
    public override int Recognize(DataFile file) => IdxFile.HasMagic(file.Start.Span) ? 3 : file.PlainName.Contains("idx") ? 2 : 0;

    /// <inheritdoc/>
    public override Dataset Read(ImportRequest request)
    {
        IdxFile images = IdxFile.Read(request.Path);
        string shown = Path.GetFileName(request.Path);
        if (images.Sizes.Length < 2)
            throw new ExperimentException("IdxNotImages", ErrorKind.InvalidData,
                $"'{shown}' holds {images.Sizes[0]} single values, no images: it is probably the file of labels. Give the images as -Path and this file as -LabelPath.", request.Path);
        DataColumn feature = MakeImages(images, shown);
        request.Cancellation.ThrowIfCancellationRequested();
        string? labels = LabelPath ?? FindLabels(request.Path);
        if (labels is null)
        {
            if (MappingPath is not null)
                throw new ExperimentException("FileNotFound", ErrorKind.NotFound,
                    $"MappingPath names the classes, but no labels were found beside '{shown}'; say where they are with -LabelPath.", request.Path);
            request.Warn?.Invoke($"No labels were found beside '{shown}': the data set has no target. Say where they are with -LabelPath.");
            return Dataset.Create(request.Name, [feature], []);
        }
        return Dataset.Create(request.Name, [feature], [ReadLabels(labels, shown, images.Sizes[0])]);
    }

    private DataColumn MakeImages(IdxFile file, string shown)
    {
        int[] sizes = file.Sizes[1..];
        if (Transpose)
        {
            if (sizes.Length != 2)
                throw new ExperimentException("InvalidParameterValue", ErrorKind.InvalidArgument,
                    $"Transpose needs images of two dimensions; '{shown}' has items of {string.Join(" x ", sizes)}.", shown);
            file = file with { Data = Transposed(file, sizes[0], sizes[1]) };
            Array.Reverse(sizes);
        }
        int[] shape = Flatten ? [sizes.Aggregate(1, (a, b) => a * b)] : sizes.Length == 2 ? [1, .. sizes] : sizes;
        if (file.TypeCode == 0x08) return new ByteColumn("Image", new Shape(shape), file.Data);
        float[] values = new float[file.Sizes.Aggregate(1, (a, b) => a * b)];
        for (int i = 0; i < values.Length; i++) values[i] = (float)file[i];
        return new FloatColumn("Image", new Shape(shape), values);
    }

    private static byte[] Transposed(IdxFile file, int height, int width)
    {
        int element = file.Data.Length / file.Sizes[0] / (height * width), item = element * height * width;
        byte[] turned = new byte[file.Data.Length];
        for (int start = 0; start < turned.Length; start += item)
            for (int y = 0; y < height; y++)
                for (int x = 0; x < width; x++)
                    file.Data.AsSpan(start + (y * width + x) * element, element).CopyTo(turned.AsSpan(start + (x * height + y) * element));
        return turned;
    }

    private ClassColumn ReadLabels(string path, string imagesShown, int imageCount)
    {
        IdxFile labels = IdxFile.Read(path);
        string shown = Path.GetFileName(path);
        if (labels.Sizes.Length != 1 || labels.TypeCode is 0x0D or 0x0E)
            throw new ExperimentException("IdxNotLabels", ErrorKind.InvalidData,
                $"'{shown}' holds {string.Join(" x ", labels.Sizes)} values{(labels.TypeCode is 0x0D or 0x0E ? " with fractions" : "")}, no list of labels: are images and labels swapped?", path);
        if (labels.Sizes[0] != imageCount)
            throw new ExperimentException("IdxCountMismatch", ErrorKind.InvalidData,
                $"'{imagesShown}' has {imageCount} images, but '{shown}' has {labels.Sizes[0]} labels: the files do not belong together.", path);
        int[] codes = [.. Enumerable.Range(0, imageCount).Select(i => (int)labels[i])];
        int negative = Array.FindIndex(codes, c => c < 0 || c > 65535);
        if (negative >= 0)
            throw new ExperimentException("LabelOutOfRange", ErrorKind.InvalidData, $"'{shown}': label {negative + 1} is {codes[negative]}; labels count from 0 to 65535.", path);
        string[]? names = MappingPath is null ? null : ClassMapping.Read(MappingPath);
        if (names is not null && codes.Max() >= names.Length)
            throw new ExperimentException("LabelOutOfRange", ErrorKind.InvalidData,
                $"'{shown}' has the label {codes.Max()}, but '{Path.GetFileName(MappingPath)}' names only the classes 0 to {names.Length - 1}.", path);
        return new ClassColumn("Label", codes, names ?? [.. Enumerable.Range(0, codes.Max() + 1).Select(c => c.ToString(CultureInfo.InvariantCulture))]);
    }

    /// <summary>train-images-idx3-ubyte.gz has train-labels-idx1-ubyte.gz; either may be packed or not, and spelt with a point.</summary>
    private static string? FindLabels(string path)
    {
        string name = Path.GetFileName(path), folder = Path.GetDirectoryName(Path.GetFullPath(path))!;
        if (!name.Contains("images", StringComparison.OrdinalIgnoreCase)) return null;
        string labels = name.Replace("images", "labels", StringComparison.OrdinalIgnoreCase).Replace("idx3", "idx1", StringComparison.OrdinalIgnoreCase);
        string plain = labels.EndsWith(".gz", StringComparison.OrdinalIgnoreCase) ? labels[..^3] : labels;
        string[] spellings = [labels, plain, plain + ".gz"];
        return spellings
            .Concat(spellings.Select(s => s.Replace(".idx1", "-idx1"))).Concat(spellings.Select(s => s.Replace("-idx1", ".idx1")))
            .Select(s => Path.Combine(folder, s)).FirstOrDefault(File.Exists);
    }
}
