using System.ComponentModel.DataAnnotations;
using DLExperiments.Data.Images;
using DLExperiments.Errors;

namespace DLExperiments.Data.Formats;

/// <summary>Base of the formats that read picture files: how they become bytes of one shape.</summary>
public abstract class PictureFormat : DataFormat
{
    /// <summary>Height and width that every picture is brought to, or one number for both; none demands that all have one size already.</summary>
    [Range(1, 65535)]
    public int[] Size { get; set; } = [];

    /// <summary>One channel (the luma) instead of red, green and blue.</summary>
    public bool Grayscale { get; set; }

    /// <summary>What is done about a picture that cannot be decoded: Refuse, or Skip with a warning.</summary>
    public CorruptPicture Corrupt { get; set; }

    /// <summary>
    /// The most bytes of decoded pictures that are kept in memory. A set that takes more stays in its files, which several threads decode
    /// ahead of their use; a damaged file is then found when its turn comes, unless -Corrupt Skip looks at all of them at once.
    /// </summary>
    [Range(0.0, 9e18)]
    public long MemoryLimit { get; set; } = 2L << 30;

    /// <inheritdoc/>
    public sealed override bool ReadsFolders => true;

    /// <summary>Reads picture files in the way that the settings say.</summary>
    private protected PictureSet ReadPictures(string[] paths, string root, ImportRequest request) =>
        Size.Length > 2
            ? throw new ExperimentException("InvalidParameterValue", ErrorKind.InvalidArgument, $"Size is {string.Join(",", Size)}; it must be height and width, or one number for both.", Size)
            : PictureSet.Read(paths, root, Size, Grayscale, Corrupt, MemoryLimit, request);
}
