using System.ComponentModel.DataAnnotations;
using DLExperiments.Catalogues;
using DLExperiments.Data.Images;
using DLExperiments.Errors;

namespace DLExperiments.Data.Formats;

/// <summary>
/// A folder with pictures in 'images' and masks of the same names in 'masks', for segmentation: the target is [1,H,W] of 0 and 1.
/// </summary>
[CatalogueEntry("ImageMask")]
public sealed class ImageMaskFormat : PictureFormat
{
    /// <summary>From which brightness on, between 0 and 1, a mask's pixel is 1.</summary>
    [Range(0.0, 1.0)]
    public double Threshold { get; set; } = 0.5;

    /// <inheritdoc/>
    public override bool ReadsFiles => false;

    /// <inheritdoc/>
    public override int Recognize(DataFile file) => Directory.Exists(Path.Combine(file.Path, "images")) && Directory.Exists(Path.Combine(file.Path, "masks")) ? 3 : 0;

    /// <inheritdoc/>
    /// <exception cref="ExperimentException">NoImages, MaskNotFound, and what pictures may have.</exception>
    public override Dataset Read(ImportRequest request)
    {
        string images = Path.Combine(request.Path, "images"), masks = Path.Combine(request.Path, "masks");
        if (!Directory.Exists(images) || !Directory.Exists(masks))
            throw new ExperimentException("NoImages", ErrorKind.InvalidData, $"'{request.Path}' needs the folders 'images' and 'masks'.", request.Path);
        Dictionary<string, string> byName = Directory.EnumerateFiles(masks).Where(Picture.IsPicture).Order(StringComparer.Ordinal)
            .GroupBy(f => Path.GetFileNameWithoutExtension(f)).ToDictionary(g => g.Key, g => g.First(), StringComparer.Ordinal);
        string[] paths = [.. Directory.EnumerateFiles(images).Where(Picture.IsPicture).Order(StringComparer.Ordinal)];
        if (paths.Length == 0) throw new ExperimentException("NoImages", ErrorKind.InvalidData, $"'{images}' holds no pictures.", images);
        if (paths.FirstOrDefault(p => !byName.ContainsKey(Path.GetFileNameWithoutExtension(p))) is { } lonely)
            throw new ExperimentException("MaskNotFound", ErrorKind.NotFound, $"The picture '{Path.GetFileName(lonely)}' has no mask of its name in '{masks}'.", lonely);
        string[] maskPaths = [.. paths.Select(p => byName[Path.GetFileNameWithoutExtension(p)])];
        PictureSet pictures = ReadPictures(paths, request.Path, request);
        // A mask is resized with the pictures even when only their common size says so; masks are targets, which are kept in memory.
        int[] size = [pictures.Shape[1], pictures.Shape[2]];
        PictureSet targets = PictureSet.Read([.. pictures.Kept.Select(i => maskPaths[i])], request.Path, size, grayscale: true, CorruptPicture.Refuse, long.MaxValue, request);
        byte threshold = (byte)Math.Ceiling(Threshold * 255);
        if (targets.Values is null)
            throw new ExperimentException("ImagesTooLarge", ErrorKind.InvalidArgument,
                $"{paths.Length} masks of {targets.Shape} take more than 2 GB in memory; make them smaller with -Size.", request.Path);
        byte[] bits = Array.ConvertAll(targets.Values, v => v >= threshold ? (byte)1 : (byte)0);
        return Dataset.Create(request.Name, [pictures.Column("Image")], [new ByteColumn("Mask", targets.Shape, bits, scale: 1)]);
    }
}
