using DLExperiments.Catalogues;
using DLExperiments.Data.Images;
using DLExperiments.Errors;

namespace DLExperiments.Data.Formats;

/// <summary>
/// A folder with a folder for each class, pictures in it; or such folders for the pieces: train, validation (val, valid), test. Pictures
/// (jpg, jpeg, png, bmp, webp) become bytes of shape [3,H,W], red, green, blue, read as numbers in [0,1].
/// </summary>
[CatalogueEntry("ImageFolder")]
public sealed class ImageFolderFormat : PictureFormat
{
    /// <summary>Goes on without a class that has no files, with a warning, instead of refusing.</summary>
    public bool AllowEmpty { get; set; }

    /// <inheritdoc/>
    public override bool ReadsFiles => false;

    /// <inheritdoc/>
    public override int Recognize(DataFile file) => ClassFolder.Has(file.Path, Picture.IsPicture) ? 2 : 0;

    /// <inheritdoc/>
    /// <exception cref="ExperimentException">NoImages, EmptyClass, CorruptImage, ImageSizeMismatch, ImagesTooLarge.</exception>
    public override Dataset Read(ImportRequest request)
    {
        List<ClassFolder.Member> files = ClassFolder.Scan(request, "images", Picture.IsPicture, AllowEmpty);
        PictureSet pictures = ReadPictures([.. files.Select(f => f.Path)], request.Path, request);
        files = [.. pictures.Kept.Select(i => files[i])];
        if (files.Exists(f => f.Piece != files[0].Piece)) ClassFolder.WarnOfDuplicates(files, pictures.Hashes, "picture", request);
        return ClassFolder.WithPieces(Dataset.Create(request.Name, [pictures.Column("Image")], [ClassFolder.Classes(files)]), files, request);
    }
}
