using DLExperiments.Errors;

namespace DLExperiments.Data.Formats;

/// <summary>
/// A folder with a folder for each class and files in it, or with folders for the pieces (train, validation, test) around those. Files in
/// folders below a class belong to it; links to folders are not followed there, so that loops end.
/// </summary>
internal static class ClassFolder
{
    private static readonly string[][] PieceNames = [["train", "training"], ["validation", "val", "valid"], ["test", "testing"]];

    /// <summary>A file, the class it is of, and its piece: 0 train, 1 validation, 2 test, -1 when there are no pieces.</summary>
    internal sealed record Member(string Path, string Class, int Piece);

    /// <summary>Whether a folder has this layout with files of a kind.</summary>
    /// <param name="path">The folder.</param>
    /// <param name="isWanted">Tells the files by their names.</param>
    internal static bool Has(string path, Func<string, bool> isWanted) =>
        Folders(path).SelectMany(f => PieceOf(f) < 0 ? [f] : Folders(f)).Any(f => Directory.EnumerateFiles(f).Any(isWanted));

    /// <summary>Finds all files.</summary>
    /// <param name="request">The folder, and how to report.</param>
    /// <param name="what">What the files are, in the plural, for messages: pictures.</param>
    /// <param name="isWanted">Tells the files by their names.</param>
    /// <param name="allowEmpty">Whether a class without files is left out with a warning instead of refused.</param>
    /// <param name="skip">Folders that are no classes.</param>
    /// <returns>The files, piece by piece, class by class, in the order of their names.</returns>
    /// <exception cref="ExperimentException">EmptyClass: a class has no files.</exception>
    internal static List<Member> Scan(ImportRequest request, string what, Func<string, bool> isWanted, bool allowEmpty, IReadOnlyCollection<string>? skip = null)
    {
        var files = new List<Member>();
        var empty = new List<string>();
        string[] top = [.. Folders(request.Path)];
        // A folder called test among classes that hold files themselves is a class.
        bool split = top.Any(f => PieceOf(f) >= 0 && Folders(f).Any()) && top.All(f => PieceOf(f) >= 0 || !Directory.EnumerateFiles(f).Any(isWanted));
        IEnumerable<(string, int)> roots = split ? top.Where(f => PieceOf(f) >= 0).Select(f => (f, PieceOf(f))).OrderBy(p => p.Item2) : [(request.Path, -1)];
        foreach ((string folder, int piece) in roots)
            foreach (string kind in Folders(folder).Where(f => skip?.Contains(Path.GetFileName(f), StringComparer.OrdinalIgnoreCase) != true))
            {
                string name = Path.GetFileName(kind);
                int before = files.Count;
                files.AddRange(FilesBelow(kind, isWanted, request.Cancellation).Order(StringComparer.Ordinal).Select(f => new Member(f, name, piece)));
                if (files.Count == before) empty.Add(Shown(kind, request.Path));
            }
        if (files.Count == 0)
            throw new ExperimentException("No" + char.ToUpperInvariant(what[0]) + what[1..], ErrorKind.InvalidData,
                $"'{request.Path}' holds no {what} in folders of classes; the layout is class/file or train/class/file.", request.Path);
        if (empty.Count == 0) return files;
        string list = string.Join(", ", empty.Take(5).Select(e => $"'{e}'")) + (empty.Count > 5 ? $" and {empty.Count - 5} more" : "");
        if (!allowEmpty)
            throw new ExperimentException("EmptyClass", ErrorKind.InvalidData, $"No {what} are in {list}: fill or remove what is no class, or give -AllowEmpty to go on without.", request.Path);
        request.Warn?.Invoke($"No {what} are in {list}.");
        return files;
    }

    /// <summary>The classes in their order, and the class of each file.</summary>
    internal static ClassColumn Classes(IEnumerable<Member> files) => ClassColumn.Of("Label", files.Select(f => f.Class));

    /// <summary>The data set with its pieces, where there are several.</summary>
    internal static Dataset WithPieces(Dataset data, IReadOnlyList<Member> files, ImportRequest request) =>
        files.Select(f => f.Piece).Distinct().Count() < 2 ? data : Pieces.Of(data, [.. files.Select(f => f.Piece)], request.Warn);

    /// <summary>Warns of files with the same content in more than one piece.</summary>
    /// <param name="files">The files.</param>
    /// <param name="hashes">A hash of each file's content.</param>
    /// <param name="what">What a file is, in the singular, for messages: picture.</param>
    /// <param name="request">How to report.</param>
    internal static void WarnOfDuplicates(IReadOnlyList<Member> files, byte[][] hashes, string what, ImportRequest request)
    {
        var copies = Enumerable.Range(0, files.Count).GroupBy(i => Convert.ToHexString(hashes[i]))
            .Select(g => g.DistinctBy(i => files[i].Piece).Take(2).ToArray()).Where(g => g.Length == 2).ToList();
        if (copies.Count > 0)
            request.Warn?.Invoke($"{copies.Count} {what}(s) are in more than one piece, which makes measures too good: for example "
                + $"'{Shown(files[copies[0][0]].Path, request.Path)}' is the same file as '{Shown(files[copies[0][1]].Path, request.Path)}'.");
    }

    /// <summary>The name of a file for messages.</summary>
    internal static string Shown(string path, string root) => Path.GetRelativePath(root, path).Replace('\\', '/');

    private static IEnumerable<string> FilesBelow(string folder, Func<string, bool> isWanted, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        foreach (string file in Directory.EnumerateFiles(folder).Where(isWanted)) yield return file;
        foreach (string inner in Folders(folder).Where(f => (File.GetAttributes(f) & FileAttributes.ReparsePoint) == 0))
            foreach (string file in FilesBelow(inner, isWanted, cancellation)) yield return file;
    }

    private static IEnumerable<string> Folders(string path) =>
        Directory.EnumerateDirectories(path).Where(f => !Path.GetFileName(f).StartsWith('.')).Order(StringComparer.Ordinal);

    private static int PieceOf(string folder) => Array.FindIndex(PieceNames, names => names.Contains(Path.GetFileName(folder), StringComparer.OrdinalIgnoreCase));
}
