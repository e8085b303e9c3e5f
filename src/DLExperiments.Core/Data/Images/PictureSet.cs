using System.Runtime.ExceptionServices;
using System.Security.Cryptography;
using DLExperiments.Data.Formats;
using DLExperiments.Errors;
using DLExperiments.Networks;

namespace DLExperiments.Data.Images;

/// <summary>Many pictures of one size: decoded in parallel into one array of bytes, or, when that is more than may be kept, left in their files.</summary>
internal sealed class PictureSet
{
    private readonly string[] paths;
    private readonly string root;
    private readonly bool resize;
    private readonly byte[][]? hashes;

    private PictureSet(Shape shape, string[] paths, int[] kept, string root, bool resize, byte[]? values, byte[][]? hashes)
    {
        Shape = shape;
        Kept = kept;
        Values = values;
        this.paths = paths;
        this.root = root;
        this.resize = resize;
        this.hashes = hashes;
    }

    /// <summary>[channels, height, width].</summary>
    internal Shape Shape { get; }

    /// <summary>The pictures that could be decoded, one after the other; null when they are left in their files.</summary>
    internal byte[]? Values { get; }

    /// <summary>The places of the pictures in the list that was asked for.</summary>
    internal int[] Kept { get; }

    /// <summary>The pictures as a column.</summary>
    internal DataColumn Column(string name) => Values is null ? new PictureColumn(name, Shape, paths, root, resize) : new ByteColumn(name, Shape, Values);

    /// <summary>For each picture something that only the same file has too.</summary>
    internal byte[][] Hashes => hashes ?? HashFiles();

    /// <summary>Reads picture files.</summary>
    /// <param name="paths">The files.</param>
    /// <param name="root">The folder that messages leave out of the files' names.</param>
    /// <param name="size">Height and width to change to; empty to demand that all have the size of the first.</param>
    /// <param name="grayscale">One channel instead of three.</param>
    /// <param name="corrupt">What is done about files that cannot be decoded.</param>
    /// <param name="memoryLimit">The most bytes of decoded pictures that are kept.</param>
    /// <param name="request">How to report.</param>
    /// <exception cref="ExperimentException">CorruptImage, ImageSizeMismatch, NoImages.</exception>
    internal static PictureSet Read(string[] paths, string root, int[] size, bool grayscale, CorruptPicture corrupt, long memoryLimit, ImportRequest request)
    {
        Shape shape = ShapeOf(paths, root, size, grayscale, corrupt);
        int each = shape.ElementCount;
        bool resize = size.Length > 0, lazy = (long)each * paths.Length > Math.Min(memoryLimit, Array.MaxLength);
        byte[] values = lazy ? [] : new byte[each * paths.Length];
        byte[][] hashes = new byte[lazy ? 0 : paths.Length][];
        var faults = new PictureFault?[paths.Length];
        InParallel(paths.Length, request.Cancellation, i =>
        {
            if (lazy && corrupt == CorruptPicture.Refuse)
            {
                // Decoding all would take as long as an epoch; what a file's head tells is known at once.
                faults[i] = Picture.Inspect(paths[i], out int height, out int width);
                if (faults[i] is null && !resize && (height != shape[1] || width != shape[2])) faults[i] = PictureFault.OfSize(height, width, shape);
                return;
            }
            byte[] file = File.ReadAllBytes(paths[i]);
            if (!lazy) hashes[i] = SHA256.HashData(file);
            faults[i] = Picture.Decode(file, shape, resize, lazy ? new byte[each] : values.AsSpan(i * each, each));
        });
        int odd = Array.FindIndex(faults, f => f is { Width: > 0 });
        if (odd >= 0)
            throw new ExperimentException("ImageSizeMismatch", ErrorKind.InvalidData,
                $"'{Shown(paths[odd], root)}' has {faults[odd]!.Width} x {faults[odd]!.Height} pixels, but the first picture has {shape[2]} x {shape[1]}. Bring all to one size with -Size height,width.", paths[odd]);
        int[] kept = [.. Enumerable.Range(0, paths.Length).Where(i => faults[i] is null)];
        if (kept.Length < paths.Length)
        {
            Report(paths, root, faults, corrupt, request);
            for (int k = 0; k < kept.Length && !lazy; k++) values.AsSpan(kept[k] * each, each).CopyTo(values.AsSpan(k * each));
            if (!lazy) (values, hashes) = (values[..(kept.Length * each)], [.. kept.Select(i => hashes[i])]);
        }
        return new PictureSet(shape, [.. kept.Select(i => paths[i])], kept, root, resize, lazy ? null : values, lazy ? null : hashes);
    }

    /// <summary>The name of a file for messages.</summary>
    internal static string Shown(string path, string root) => Path.GetRelativePath(root, path).Replace('\\', '/');

    private byte[][] HashFiles()
    {
        // Only files that begin alike and are equally long are read as a whole.
        byte[][] made = new byte[paths.Length][];
        Parallel.For(0, paths.Length, i => made[i] = HashStart(paths[i]));
        int[] alike = [.. Enumerable.Range(0, paths.Length).GroupBy(i => Convert.ToHexString(made[i])).Where(g => g.Count() > 1).SelectMany(g => g)];
        Parallel.ForEach(alike, i => made[i] = SHA256.HashData(File.ReadAllBytes(paths[i])));
        return made;
    }

    private static void InParallel(int count, CancellationToken cancellation, Action<int> body)
    {
        try
        {
            Parallel.For(0, count, new ParallelOptions { CancellationToken = cancellation }, body);
        }
        catch (AggregateException e)
        {
            ExceptionDispatchInfo.Throw(e.InnerExceptions[0]);
        }
    }

    private static Shape ShapeOf(string[] paths, string root, int[] size, bool grayscale, CorruptPicture corrupt)
    {
        int channels = grayscale ? 1 : 3;
        if (size.Length > 0) return new Shape(channels, size[0], size[^1]);
        foreach (string path in paths)
        {
            PictureFault? fault = Picture.Inspect(path, out int height, out int width);
            if (fault is null) return new Shape(channels, height, width);
            if (corrupt == CorruptPicture.Refuse) throw Corrupt(path, root, fault, 1);
        }
        throw new ExperimentException("NoImages", ErrorKind.InvalidData, $"No picture in '{root}' can be decoded.", root);
    }

    private static void Report(string[] paths, string root, PictureFault?[] faults, CorruptPicture corrupt, ImportRequest request)
    {
        int[] bad = [.. Enumerable.Range(0, paths.Length).Where(i => faults[i] is not null)];
        if (corrupt == CorruptPicture.Refuse) throw Corrupt(paths[bad[0]], root, faults[bad[0]]!, bad.Length);
        if (bad.Length == paths.Length) throw new ExperimentException("NoImages", ErrorKind.InvalidData, $"No picture in '{root}' can be decoded.", root);
        request.Warn?.Invoke($"{bad.Length} of {paths.Length} pictures could not be decoded and were left out: "
            + string.Join(", ", bad.Take(5).Select(i => $"'{Shown(paths[i], root)}' ({faults[i]!.Text})")) + (bad.Length > 5 ? ", ..." : "") + ".");
    }

    private static ExperimentException Corrupt(string path, string root, PictureFault fault, int count) =>
        new("CorruptImage", ErrorKind.InvalidData,
            $"'{Shown(path, root)}' cannot be decoded: {fault.Text}." + (count > 1 ? $" So it is with {count - 1} more." : "")
            + " Replace it, or leave such pictures out with -Corrupt Skip.", path);

    private static byte[] HashStart(string path)
    {
        using FileStream file = File.OpenRead(path);
        byte[] start = new byte[4096 + sizeof(long)];
        int length = file.ReadAtLeast(start.AsSpan(sizeof(long)), start.Length - sizeof(long), throwOnEndOfStream: false);
        BitConverter.TryWriteBytes(start, file.Length);
        return SHA256.HashData(start.AsSpan(0, length + sizeof(long)));
    }
}
