using System.Security.Cryptography;
using DLExperiments.Data.Formats;
using DLExperiments.Errors;
using DLExperiments.Networks;

namespace DLExperiments.Data.Images;

/// <summary>Many pictures of one size, decoded in parallel into one array of bytes.</summary>
internal sealed class PictureSet
{
    private PictureSet(Shape shape, byte[] values, int[] kept, byte[][] hashes)
    {
        Shape = shape;
        Values = values;
        Kept = kept;
        Hashes = hashes;
    }

    /// <summary>[channels, height, width].</summary>
    internal Shape Shape { get; }

    /// <summary>The pictures that could be decoded, one after the other.</summary>
    internal byte[] Values { get; }

    /// <summary>Their places in the list that was asked for.</summary>
    internal int[] Kept { get; }

    /// <summary>A hash of each kept picture's file.</summary>
    internal byte[][] Hashes { get; }

    /// <summary>Reads picture files.</summary>
    /// <param name="paths">The files.</param>
    /// <param name="root">The folder that messages leave out of the files' names.</param>
    /// <param name="size">Height and width to change to; empty to demand that all have the size of the first.</param>
    /// <param name="grayscale">One channel instead of three.</param>
    /// <param name="corrupt">What is done about files that cannot be decoded.</param>
    /// <param name="request">How to report.</param>
    /// <exception cref="ExperimentException">CorruptImage, ImageSizeMismatch, ImagesTooLarge, NoImages.</exception>
    internal static PictureSet Read(IReadOnlyList<string> paths, string root, int[] size, bool grayscale, CorruptPicture corrupt, ImportRequest request)
    {
        SkiaLibrary.EnsureLoaded();
        Shape shape = ShapeOf(paths, root, size, grayscale, corrupt);
        int each = shape.ElementCount;
        if ((long)each * paths.Count > Array.MaxLength)
            throw new ExperimentException("ImagesTooLarge", ErrorKind.InvalidArgument,
                $"{paths.Count} pictures of {shape} take more than 2 GB in memory; make them smaller with -Size.", request.Path);
        byte[] values = new byte[each * paths.Count];
        string?[] faults = new string?[paths.Count];
        bool[] otherSize = new bool[paths.Count];
        byte[][] hashes = new byte[paths.Count][];
        Parallel.For(0, paths.Count, new ParallelOptions { CancellationToken = request.Cancellation }, i =>
        {
            byte[] file = File.ReadAllBytes(paths[i]);
            hashes[i] = SHA256.HashData(file);
            if (Picture.Decode(file, grayscale, out string fault) is not { } picture)
            {
                faults[i] = fault;
                return;
            }
            if (size.Length > 0) picture = picture.Resize(shape[1], shape[2]);
            otherSize[i] = picture.Height != shape[1] || picture.Width != shape[2];
            if (otherSize[i]) faults[i] = $"{picture.Width} x {picture.Height}";
            else picture.Values.CopyTo(values, (long)i * each);
        });
        int odd = Array.IndexOf(otherSize, true);
        if (odd >= 0)
            throw new ExperimentException("ImageSizeMismatch", ErrorKind.InvalidData,
                $"'{Shown(paths[odd], root)}' has {faults[odd]} pixels, but the first picture has {shape[2]} x {shape[1]}. Bring all to one size with -Size height,width.", paths[odd]);
        int[] kept = [.. Enumerable.Range(0, paths.Count).Where(i => faults[i] is null)];
        if (kept.Length == paths.Count) return new PictureSet(shape, values, kept, hashes);
        int[] bad = [.. Enumerable.Range(0, paths.Count).Where(i => faults[i] is not null)];
        if (corrupt == CorruptPicture.Refuse) throw Corrupt(paths[bad[0]], root, faults[bad[0]]!, bad.Length);
        request.Warn?.Invoke($"{bad.Length} of {paths.Count} pictures could not be decoded and were left out: "
            + string.Join(", ", bad.Take(5).Select(i => $"'{Shown(paths[i], root)}' ({faults[i]})")) + (bad.Length > 5 ? ", ..." : "") + ".");
        byte[] whole = new byte[(long)each * kept.Length];
        for (int k = 0; k < kept.Length; k++) values.AsSpan(kept[k] * each, each).CopyTo(whole.AsSpan(k * each));
        return new PictureSet(shape, whole, kept, [.. kept.Select(i => hashes[i])]);
    }

    /// <summary>The name of a file for messages.</summary>
    internal static string Shown(string path, string root) => Path.GetRelativePath(root, path).Replace('\\', '/');

    private static Shape ShapeOf(IReadOnlyList<string> paths, string root, int[] size, bool grayscale, CorruptPicture corrupt)
    {
        if (size.Length > 0) return new Shape(grayscale ? 1 : 3, size[0], size[^1]);
        foreach (string path in paths)
        {
            if (Picture.Decode(File.ReadAllBytes(path), grayscale, out string fault) is { } first)
                return new Shape(first.Channels, first.Height, first.Width);
            if (corrupt == CorruptPicture.Refuse) throw Corrupt(path, root, fault, 1);
        }
        throw new ExperimentException("NoImages", ErrorKind.InvalidData, $"No picture in '{root}' can be decoded.", root);
    }

    private static ExperimentException Corrupt(string path, string root, string fault, int count) =>
        new("CorruptImage", ErrorKind.InvalidData,
            $"'{Shown(path, root)}' cannot be decoded: {fault}." + (count > 1 ? $" So it is with {count - 1} more." : "")
            + " Replace it, or leave such pictures out with -Corrupt Skip.", path);
}
