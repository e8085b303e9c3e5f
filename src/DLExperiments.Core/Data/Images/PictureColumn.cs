using DLExperiments.Errors;
using DLExperiments.Networks;

namespace DLExperiments.Data.Images;

/// <summary>A column of pictures that stay in their files and are decoded when they are read.</summary>
/// <param name="name">Its name.</param>
/// <param name="shape">[channels, height, width] of every picture.</param>
/// <param name="paths">The files.</param>
/// <param name="root">The folder that messages leave out of the files' names.</param>
/// <param name="resize">Whether pictures of other sizes are brought to the shape instead of refused.</param>
internal sealed class PictureColumn(string name, Shape shape, string[] paths, string root, bool resize)
    : LazyColumn(name, shape, paths.Length, 1f / 255f)
{
    /// <inheritdoc/>
    private protected override void ReadRow(int row, Span<byte> destination)
    {
        string path = paths[row], shown = PictureSet.Shown(path, root);
        byte[] file;
        try
        {
            file = File.ReadAllBytes(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new ExperimentException("UnreadableImage", ErrorKind.Io, $"'{shown}' cannot be read any more: {e.Message}", path, e);
        }
        if (Picture.Decode(file, ItemShape, resize, destination) is { } fault)
            throw new ExperimentException("CorruptImage", ErrorKind.InvalidData,
                $"'{shown}' cannot be decoded: {fault.Text}. Replace it, or import the set with -Corrupt Skip, which looks at every picture first.", path);
    }
}
