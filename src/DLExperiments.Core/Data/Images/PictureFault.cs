namespace DLExperiments.Data.Images;

/// <summary>Why a file gives no picture.</summary>
/// <param name="Text">The reason, as the end of a sentence.</param>
/// <param name="Width">The width of a sound picture of another size than wanted, else 0.</param>
/// <param name="Height">Its height.</param>
internal sealed record PictureFault(string Text, int Width = 0, int Height = 0)
{
    /// <summary>A picture of another size than wanted.</summary>
    internal static PictureFault OfSize(int height, int width, Networks.Shape wanted) =>
        new($"it has {width} x {height} pixels, not {wanted[2]} x {wanted[1]}", width, height);
}
