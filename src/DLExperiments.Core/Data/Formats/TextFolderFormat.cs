using System.Security.Cryptography;
using System.Text;
using DLExperiments.Catalogues;
using DLExperiments.Errors;

namespace DLExperiments.Data.Formats;

/// <summary>
/// A folder with a folder for each class, text files in it; or such folders for the pieces, as IMDB has: train/pos/*.txt, train/neg/*.txt,
/// test/pos/*.txt, test/neg/*.txt. Each text is a row of symbols' numbers of one length.
/// </summary>
[CatalogueEntry("TextFolder")]
public sealed class TextFolderFormat : TextRowsFormat
{
    /// <summary>Goes on without a class that has no files, with a warning, instead of refusing.</summary>
    public bool AllowEmpty { get; set; }

    /// <summary>Folders that are no classes; IMDB has unlabelled reviews in unsup.</summary>
    public string[] SkipFolder { get; set; } = ["unsup"];

    /// <inheritdoc/>
    public override bool ReadsFolders => true;

    /// <inheritdoc/>
    public override bool ReadsFiles => false;

    /// <inheritdoc/>
    public override int Recognize(DataFile file) => ClassFolder.Has(file.Path, IsText) ? 1 : 0;

    /// <inheritdoc/>
    /// <exception cref="ExperimentException">NoTexts, EmptyClass, WrongEncoding, InvalidParameterValue, UnknownSymbol.</exception>
    public override Dataset Read(ImportRequest request)
    {
        List<ClassFolder.Member> files = ClassFolder.Scan(request, "texts", IsText, AllowEmpty, SkipFolder);
        var strict = new UTF8Encoding(false, throwOnInvalidBytes: true);
        string[] texts = new string[files.Count];
        byte[][] hashes = new byte[files.Count][];
        for (int i = 0; i < texts.Length; i++)
        {
            if ((i & 0xFF) == 0) request.Cancellation.ThrowIfCancellationRequested();
            byte[] bytes = File.ReadAllBytes(files[i].Path);
            hashes[i] = SHA256.HashData(bytes);
            try
            {
                texts[i] = strict.GetString(bytes).TrimStart('\uFEFF').ReplaceLineEndings("\n");
            }
            catch (DecoderFallbackException e)
            {
                throw new ExperimentException("WrongEncoding", ErrorKind.InvalidData, $"'{ClassFolder.Shown(files[i].Path, request.Path)}' is not UTF-8 text; save it as UTF-8.", files[i].Path, e);
            }
        }
        ClassFolder.WarnOfDuplicates(files, hashes, "text", request);
        int training = files.Count(f => f.Piece <= files[0].Piece); // the first piece comes first: Train, or all
        return ClassFolder.WithPieces(Make(texts, training, ClassFolder.Classes(files), i => ClassFolder.Shown(files[i].Path, request.Path), request), files, request);
    }

    private static bool IsText(string path) => path.EndsWith(".txt", StringComparison.OrdinalIgnoreCase) && !Path.GetFileName(path).StartsWith('.');
}
