using DLExperiments.Catalogues;
using DLExperiments.Data.Images;
using DLExperiments.Data.Tables;
using DLExperiments.Errors;

namespace DLExperiments.Data.Formats;

/// <summary>
/// A folder with a folder for each class, pictures in it; or such folders for the pieces: train, validation (val, valid), test. Pictures
/// (jpg, jpeg, png, bmp, webp) become bytes of shape [3,H,W], red, green, blue, read as numbers in [0,1].
/// </summary>
[CatalogueEntry("ImageFolder")]
public sealed class ImageFolderFormat : PictureFormat
{
    private static readonly string[][] PieceNames = [["train", "training"], ["validation", "val", "valid"], ["test", "testing"]];

    /// <inheritdoc/>
    public override bool ReadsFiles => false;

    /// <inheritdoc/>
    public override int Recognize(DataFile file) =>
        Folders(file.Path).SelectMany(f => PieceOf(f) < 0 ? [f] : Folders(f)).Any(f => Directory.EnumerateFiles(f).Any(Picture.IsPicture)) ? 2 : 0;

    /// <inheritdoc/>
    /// <exception cref="ExperimentException">NoImages, CorruptImage, ImageSizeMismatch, ImagesTooLarge.</exception>
    public override Dataset Read(ImportRequest request)
    {
        List<(string Path, string Class, int Piece)> files = Scan(request);
        if (files.Count == 0)
            throw new ExperimentException("NoImages", ErrorKind.InvalidData,
                $"'{request.Path}' holds no pictures in folders of classes; the layout is class/file or train/class/file, the endings are {string.Join(" ", Picture.Endings)}.", request.Path);
        PictureSet pictures = ReadPictures([.. files.Select(f => f.Path)], request.Path, request);
        files = [.. pictures.Kept.Select(i => files[i])];
        string[] classes = [.. files.Select(f => f.Class).Distinct().Order(NaturalOrder.Instance)];
        Dictionary<string, int> codes = classes.Select((name, i) => (name, i)).ToDictionary(p => p.name, p => p.i);
        var data = Dataset.Create(request.Name, [pictures.Column("Image")],
            [new ClassColumn("Label", [.. files.Select(f => codes[f.Class])], classes)]);
        int[] pieces = [.. files.Select(f => f.Piece).Distinct()];
        if (pieces.Length < 2) return data;
        WarnOfDuplicates(files, pictures.Hashes, request);
        return Pieces.Of(data, [.. files.Select(f => f.Piece)], request.Warn);
    }

    private static List<(string Path, string Class, int Piece)> Scan(ImportRequest request)
    {
        var files = new List<(string, string, int)>();
        var empty = new List<string>();
        string[] top = [.. Folders(request.Path)];
        // A folder called test among classes that hold pictures themselves is a class.
        bool split = top.Any(f => PieceOf(f) >= 0 && Folders(f).Any()) && top.All(f => PieceOf(f) >= 0 || !Directory.EnumerateFiles(f).Any(Picture.IsPicture));
        IEnumerable<(string, int)> roots = split ? top.Where(f => PieceOf(f) >= 0).Select(f => (f, PieceOf(f))).OrderBy(p => p.Item2) : [(request.Path, -1)];
        foreach ((string folder, int piece) in roots)
            foreach (string kind in Folders(folder))
            {
                request.Cancellation.ThrowIfCancellationRequested();
                string[] found = [.. Directory.EnumerateFiles(kind).Where(Picture.IsPicture).Order(StringComparer.Ordinal)];
                if (found.Length == 0) empty.Add(PictureSet.Shown(kind, request.Path));
                files.AddRange(found.Select(f => (f, Path.GetFileName(kind), piece)));
            }
        if (empty.Count > 0 && files.Count > 0) request.Warn?.Invoke($"No pictures are in {string.Join(", ", empty.Select(e => $"'{e}'"))}.");
        return files;
    }

    private static void WarnOfDuplicates(List<(string Path, string Class, int Piece)> files, byte[][] hashes, ImportRequest request)
    {
        var copies = Enumerable.Range(0, files.Count).GroupBy(i => Convert.ToHexString(hashes[i]))
            .Select(g => g.DistinctBy(i => files[i].Piece).Take(2).ToArray()).Where(g => g.Length == 2).ToList();
        if (copies.Count > 0)
            request.Warn?.Invoke($"{copies.Count} picture(s) are in more than one piece, which makes measures too good: for example "
                + $"'{PictureSet.Shown(files[copies[0][0]].Path, request.Path)}' is the same file as '{PictureSet.Shown(files[copies[0][1]].Path, request.Path)}'.");
    }

    private static IEnumerable<string> Folders(string path) =>
        Directory.EnumerateDirectories(path).Where(f => !Path.GetFileName(f).StartsWith('.')).Order(StringComparer.Ordinal);

    private static int PieceOf(string folder) => Array.FindIndex(PieceNames, names => names.Contains(Path.GetFileName(folder), StringComparer.OrdinalIgnoreCase));
}
