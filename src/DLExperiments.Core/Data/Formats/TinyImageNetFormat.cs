using System.ComponentModel.DataAnnotations;
using DLExperiments.Catalogues;
using DLExperiments.Data.Images;
using DLExperiments.Errors;

namespace DLExperiments.Data.Formats;

/// <summary>
/// The layout of Tiny-ImageNet: train/n01443537/images/*.JPEG, val/images with val_annotations.txt, and words.txt, whose first name of each
/// class is its name here. The official validation pictures are the piece Test, since the test pictures' classes were never published.
/// </summary>
[CatalogueEntry("TinyImageNet")]
public sealed class TinyImageNetFormat : PictureFormat
{
    /// <summary>How many pictures of each class, the last ones, go from Train to Validation; with none, Test serves for both.</summary>
    [Range(0, int.MaxValue)]
    public int HoldOut { get; set; }

    /// <inheritdoc/>
    public override bool ReadsFiles => false;

    /// <inheritdoc/>
    public override int Recognize(DataFile file) => File.Exists(Path.Combine(file.Path, "val", "val_annotations.txt")) ? 3 : 0;

    /// <inheritdoc/>
    /// <exception cref="ExperimentException">FileNotFound, RaggedRow, UnknownClass, EmptyClass, and what pictures may have.</exception>
    public override Dataset Read(ImportRequest request)
    {
        string train = Path.Combine(request.Path, "train");
        if (!Directory.Exists(train)) throw new ExperimentException("FolderNotFound", ErrorKind.NotFound, $"'{request.Path}' has no folder 'train'.", request.Path);
        // The pieces' names must not be taken for classes, so the two folders are looked at one by one.
        List<ClassFolder.Member> training = ClassFolder.Scan(request with { Path = train }, "images", Picture.IsPicture, allowEmpty: false);
        var known = training.Select(f => f.Class).ToHashSet(StringComparer.Ordinal);
        ClassFolder.Member[] files =
        [
            .. training.GroupBy(f => f.Class).SelectMany(g => g.Select((f, i) => f with { Piece = i < g.Count() - HoldOut ? 0 : 1 })),
            .. Annotations(Path.Combine(request.Path, "val"), known),
        ];
        PictureSet pictures = ReadPictures([.. files.Select(f => f.Path)], request.Path, request);
        Dictionary<string, string> words = Words(Path.Combine(request.Path, "words.txt"), known);
        files = [.. pictures.Kept.Select(i => files[i] with { Class = words.GetValueOrDefault(files[i].Class, files[i].Class) })];
        if (Array.Exists(files, f => f.Piece != files[0].Piece)) ClassFolder.WarnOfDuplicates(files, pictures.Hashes, "picture", request);
        return ClassFolder.WithPieces(Dataset.Create(request.Name, [pictures.Column("Image")], [ClassFolder.Classes(files)]), files, request);
    }

    /// <summary>Lines of a picture's name, its class and the corners of a box, separated by tabs.</summary>
    private static IEnumerable<ClassFolder.Member> Annotations(string folder, HashSet<string> classes)
    {
        string list = Path.Combine(folder, "val_annotations.txt");
        if (!File.Exists(list)) throw new ExperimentException("FileNotFound", ErrorKind.NotFound, $"There is no '{list}', which says what the pictures of 'val' are.", list);
        int number = 0;
        foreach (string line in File.ReadLines(list))
        {
            number++;
            if (string.IsNullOrWhiteSpace(line)) continue;
            string[] cells = line.Split('\t', StringSplitOptions.TrimEntries);
            if (cells.Length < 2) throw new ExperimentException("RaggedRow", ErrorKind.InvalidData, $"val_annotations.txt, line {number}: '{line}' is no picture and class, with a tab between.", line);
            if (!classes.Contains(cells[1])) throw new ExperimentException("UnknownClass", ErrorKind.InvalidData, $"val_annotations.txt, line {number}: the class '{cells[1]}' has no folder in 'train'.", cells[1]);
            string picture = Path.Combine(folder, "images", Path.GetFileName(cells[0]));
            if (!File.Exists(picture)) throw new ExperimentException("FileNotFound", ErrorKind.NotFound, $"val_annotations.txt, line {number}: there is no picture '{cells[0]}' in 'val/images'.", picture);
            yield return new ClassFolder.Member(picture, cells[1], 2);
        }
    }

    /// <summary>The first word of each class, where no other class has the same; words.txt lists thousands of classes that are not here.</summary>
    private static Dictionary<string, string> Words(string path, HashSet<string> classes)
    {
        if (!File.Exists(path)) return [];
        var pairs = File.ReadLines(path).Select(l => l.Split('\t', 2, StringSplitOptions.TrimEntries)).Where(p => p.Length == 2 && classes.Contains(p[0]))
            .Select(p => (Class: p[0], Word: p[1].Split(',')[0].Trim())).DistinctBy(p => p.Class).ToList();
        return pairs.GroupBy(p => p.Word).Where(g => g.Count() == 1).ToDictionary(g => g.Single().Class, g => g.Key);
    }
}
