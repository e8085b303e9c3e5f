using DLExperiments.Catalogues;
using DLExperiments.Errors;
using DLExperiments.Networks;

namespace DLExperiments.Data.Formats;

/// <summary>
/// CIFAR-10 or CIFAR-100 in the binary version: a file of records (one or two label bytes, then 3,072 bytes of a picture [3,32,32]),
/// or the folder of such files, whose train and test files become the pieces.
/// </summary>
[CatalogueEntry("Cifar")]
public sealed class CifarFormat : DataFormat
{
    private const int Pixels = 3 * 32 * 32;
    private static readonly string[] Names10 = ["airplane", "automobile", "bird", "cat", "deer", "dog", "frog", "horse", "ship", "truck"];

    /// <summary>The 20 coarse classes of CIFAR-100 instead of its 100 fine ones.</summary>
    public bool Coarse { get; set; }

    /// <inheritdoc/>
    public override bool ReadsFolders => true;

    /// <inheritdoc/>
    public override int Recognize(DataFile file)
    {
        if (file.IsFolder) return FilesOf(file.Path).Count > 0 ? 3 : 0;
        if (!file.PlainName.EndsWith(".bin", StringComparison.Ordinal)) return 0;
        return file.PlainName.Contains("batch") || (!file.IsCompressed && (file.Length % (Pixels + 1) == 0 || file.Length % (Pixels + 2) == 0)) ? 2 : 0;
    }

    /// <inheritdoc/>
    /// <exception cref="ExperimentException">CifarOddLength, LabelOutOfRange, CifarNotCoarse, FileNotFound.</exception>
    public override Dataset Read(ImportRequest request)
    {
        bool folder = Directory.Exists(request.Path);
        List<(string Path, int Piece)> files = folder ? FilesOf(request.Path) : [(request.Path, 0)];
        if (files.Count == 0)
            throw new ExperimentException("FileNotFound", ErrorKind.NotFound, $"'{request.Path}' holds no files of CIFAR (data_batch_1.bin and so on, or train.bin and test.bin).", request.Path);
        List<byte[]> contents = [.. files.Select(f => ReadAll(f.Path, request.Cancellation))];
        int labels = LabelBytes(contents[0].Length, files[0].Path);
        if (Coarse && labels == 1)
            throw new ExperimentException("CifarNotCoarse", ErrorKind.InvalidArgument, $"'{Path.GetFileName(files[0].Path)}' is CIFAR-10, which has no coarse classes; leave -Coarse out.", request.Path);
        int record = Pixels + labels, classes = labels == 1 ? 10 : Coarse ? 20 : 100, count = contents.Sum(c => c.Length / record);
        byte[] values = new byte[(long)count * Pixels];
        int[] codes = new int[count], pieces = new int[count];
        for (int f = 0, row = 0; f < files.Count; f++)
        {
            if (contents[f].Length % record != 0) throw OddLength(contents[f].Length, files[f].Path);
            for (int start = 0; start < contents[f].Length; start += record, row++)
            {
                codes[row] = contents[f][start + (labels == 2 && !Coarse ? 1 : 0)];
                pieces[row] = files[f].Piece;
                if (codes[row] >= classes)
                    throw new ExperimentException("LabelOutOfRange", ErrorKind.InvalidData,
                        $"'{Path.GetFileName(files[f].Path)}', record {start / record + 1}: the label is {codes[row]}, but there are {classes} classes from 0. Is it CIFAR's binary version?", files[f].Path);
                contents[f].AsSpan(start + labels, Pixels).CopyTo(values.AsSpan(row * Pixels));
            }
        }
        string[] names = NamesIn(folder ? request.Path : Path.GetDirectoryName(Path.GetFullPath(request.Path))!, labels, classes);
        var data = Dataset.Create(request.Name, [new ByteColumn("Image", new Shape(3, 32, 32), values)], [new ClassColumn("Label", codes, names)]);
        return pieces.Distinct().Count() < 2 ? data : Pieces.Of(data, pieces, request.Warn);
    }

    private string[] NamesIn(string folder, int labels, int classes)
    {
        string file = Path.Combine(folder, labels == 1 ? "batches.meta.txt" : Coarse ? "coarse_label_names.txt" : "fine_label_names.txt");
        string[] names = File.Exists(file) ? [.. File.ReadLines(file).Select(l => l.Trim()).Where(l => l.Length > 0)] : [];
        return names.Length == classes ? names
            : labels == 1 ? Names10
            : [.. Enumerable.Range(0, classes).Select(c => c.ToString(System.Globalization.CultureInfo.InvariantCulture))];
    }

    private static List<(string, int)> FilesOf(string folder) =>
        [.. Directory.EnumerateFiles(folder, "*.bin").Order(StringComparer.Ordinal)
            .Select(f => (f, Path.GetFileName(f).ToLowerInvariant() switch
            {
                "train.bin" => 0,
                "test.bin" or "test_batch.bin" => 2,
                var name when name.StartsWith("data_batch", StringComparison.Ordinal) => 0,
                _ => -1,
            })).Where(f => f.Item2 >= 0).OrderBy(f => f.Item2)];

    private static byte[] ReadAll(string path, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        try
        {
            using Stream stream = DataFile.Inspect(path).Open();
            using var all = new MemoryStream();
            stream.CopyTo(all);
            return all.ToArray();
        }
        catch (InvalidDataException e)
        {
            throw DataFile.Damaged(path, e);
        }
    }

    private static int LabelBytes(int length, string path)
    {
        bool ten = length % (Pixels + 1) == 0, hundred = length % (Pixels + 2) == 0;
        if (!ten && !hundred) throw OddLength(length, path);
        // A length that both divide is one of some nine million bytes; the name decides there.
        return ten && !(hundred && Path.GetFileName(path) is "train.bin" or "test.bin") ? 1 : 2;
    }

    private static ExperimentException OddLength(int length, string path) =>
        new("CifarOddLength", ErrorKind.InvalidData,
            $"'{Path.GetFileName(path)}' has {length} bytes, which are no whole records of {Pixels + 1} (CIFAR-10) or {Pixels + 2} (CIFAR-100): the file is cut off or of another format.", path);
}
