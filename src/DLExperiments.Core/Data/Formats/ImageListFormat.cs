using System.Globalization;
using DLExperiments.Catalogues;
using DLExperiments.Data.Images;
using DLExperiments.Errors;
using DLExperiments.Networks;

namespace DLExperiments.Data.Formats;

/// <summary>
/// A text file with a line for each picture beside it. The last word of a line is the target: a number, or else a class. The picture's name is
/// the first word, or is made of the line's number by -Pattern.
/// </summary>
[CatalogueEntry("ImageList")]
public sealed class ImageListFormat : PictureFormat
{
    /// <summary>The pictures' names with * for the number of the line, from 1: '*_frontal.jpg'.</summary>
    public string? Pattern { get; set; }

    /// <inheritdoc/>
    public override int Recognize(DataFile file)
    {
        if (file.IsFolder) return ListIn(file.Path) is { } list ? Recognize(DataFile.Inspect(list)) : 0;
        if (Path.GetExtension(file.PlainName) != ".txt" || file.IsCompressed) return 0;
        string folder = Path.GetDirectoryName(Path.GetFullPath(file.Path))!;
        string first = System.Text.Encoding.UTF8.GetString(file.Start.Span).Split('\n')[0];
        if (Words(first) is [var name, _, ..] && Picture.IsPicture(name) && File.Exists(Path.Combine(folder, name))) return 3;
        return Directory.EnumerateFiles(folder).Any(Picture.IsPicture) ? 1 : 0;
    }

    /// <inheritdoc/>
    /// <exception cref="ExperimentException">FileNotFound, RaggedRow, and what pictures may have.</exception>
    public override Dataset Read(ImportRequest request)
    {
        string list = Directory.Exists(request.Path)
            ? ListIn(request.Path) ?? throw new ExperimentException("FileNotFound", ErrorKind.NotFound, $"'{request.Path}' does not hold one .txt file; name the list itself.", request.Path)
            : request.Path;
        string folder = Path.GetDirectoryName(Path.GetFullPath(list))!, shown = Path.GetFileName(list);
        var rows = new List<(string Path, string Target)>();
        int number = 0;
        foreach (string line in File.ReadLines(list))
        {
            number++;
            string[] words = Words(line);
            if (words.Length == 0) continue;
            if (Pattern is null && words.Length < 2)
                throw new ExperimentException("RaggedRow", ErrorKind.InvalidData, $"{shown}, line {number}: '{line}' has no picture and target. If only targets are listed, say how pictures are called with -Pattern.", line);
            string picture = Path.Combine(folder, Pattern?.Replace("*", number.ToString(CultureInfo.InvariantCulture)) ?? words[0]);
            if (!File.Exists(picture))
                throw new ExperimentException("FileNotFound", ErrorKind.NotFound, $"{shown}, line {number}: there is no picture '{PictureSet.Shown(picture, folder)}'.", picture);
            rows.Add((picture, words[^1]));
        }
        if (rows.Count == 0) throw new ExperimentException("EmptyFile", ErrorKind.InvalidData, $"The file '{list}' lists nothing.", list);
        PictureSet pictures = ReadPictures([.. rows.Select(r => r.Path)], folder, request);
        return Dataset.Create(request.Name, [pictures.Column("Image")], [Target([.. pictures.Kept.Select(i => rows[i].Target)])]);
    }

    private static DataColumn Target(string[] texts)
    {
        float[] numbers = new float[texts.Length];
        if (Enumerable.Range(0, texts.Length).All(i => float.TryParse(texts[i], NumberStyles.Float, CultureInfo.InvariantCulture, out numbers[i])))
            return new FloatColumn("Target", new Shape(), numbers);
        return ClassColumn.Of("Target", texts);
    }

    private static string[] Words(string line) => line.Split([' ', '\t', ',', '\r'], StringSplitOptions.RemoveEmptyEntries);

    private static string? ListIn(string folder) => Directory.EnumerateFiles(folder, "*.txt").Take(2).ToArray() is [var only] ? only : null;
}
