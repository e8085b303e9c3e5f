using SkiaSharp;

namespace DLExperiments.Data.Images;

/// <summary>A decoded picture: bytes in planes, [channels, height, width], channels red, green, blue or one of grey.</summary>
/// <param name="Channels">3 or 1.</param>
/// <param name="Height">Rows.</param>
/// <param name="Width">Columns.</param>
/// <param name="Values">The bytes, row-major.</param>
internal sealed record Picture(int Channels, int Height, int Width, byte[] Values)
{
    /// <summary>The endings of the files that are pictures, lower case.</summary>
    internal static readonly string[] Endings = [".jpg", ".jpeg", ".png", ".bmp", ".webp"];

    private const long MostPixels = 1 << 28;

    /// <summary>Whether a file is a picture by its name.</summary>
    internal static bool IsPicture(string path) =>
        Array.IndexOf(Endings, Path.GetExtension(path).ToLowerInvariant()) >= 0 && !Path.GetFileName(path).StartsWith('.');

    /// <summary>Decodes a file's bytes. Transparency and colour profiles are left out of account, as the training data's makers mostly did.</summary>
    /// <param name="file">The bytes of a JPEG, PNG, BMP or WebP file.</param>
    /// <param name="grayscale">One channel, the luma of ITU-R BT.601, instead of three.</param>
    /// <param name="fault">What is wrong when there is no picture.</param>
    /// <returns>The picture, or null when the bytes are none or a damaged one.</returns>
    internal static unsafe Picture? Decode(byte[] file, bool grayscale, out string fault)
    {
        SkiaLibrary.EnsureLoaded();
        fault = "";
        using SKData data = SKData.CreateCopy(file);
        using SKCodec? codec = SKCodec.Create(data);
        if (codec is null)
        {
            fault = file.Length == 0 ? "it is empty" : "its bytes are no picture";
            return null;
        }
        int width = codec.Info.Width, height = codec.Info.Height;
        if ((long)width * height > MostPixels)
        {
            fault = $"it claims {width} x {height} pixels";
            return null;
        }
        byte[] pixels = new byte[4 * width * height];
        fixed (byte* at = pixels)
        {
            SKCodecResult result = codec.GetPixels(new SKImageInfo(width, height, SKColorType.Rgba8888, SKAlphaType.Unpremul), (IntPtr)at);
            if (result != SKCodecResult.Success)
            {
                fault = result == SKCodecResult.IncompleteInput ? "it ends too early" : $"it is damaged ({result})";
                return null;
            }
        }
        return new Picture(grayscale ? 1 : 3, height, width, grayscale ? Luma(pixels) : Planes(pixels));
    }

    /// <summary>This picture in another size (see <see cref="Resampler"/>).</summary>
    internal Picture Resize(int height, int width)
    {
        if (height == Height && width == Width) return this;
        float[] values = Array.ConvertAll(Values, v => (float)v), resized = new float[Channels * height * width];
        new Resampler(Height, Width, height, width).Apply(values, resized, Channels);
        return new Picture(Channels, height, width, Array.ConvertAll(resized, v => (byte)Math.Clamp(MathF.Round(v), 0, 255)));
    }

    private static byte[] Planes(byte[] pixels)
    {
        int plane = pixels.Length / 4;
        byte[] planes = new byte[3 * plane];
        for (int i = 0; i < plane; i++)
        {
            planes[i] = pixels[4 * i];
            planes[plane + i] = pixels[4 * i + 1];
            planes[2 * plane + i] = pixels[4 * i + 2];
        }
        return planes;
    }

    // .299 R + .587 G + .114 B in 16-bit fixed point.
    private static byte[] Luma(byte[] pixels)
    {
        byte[] luma = new byte[pixels.Length / 4];
        for (int i = 0; i < luma.Length; i++)
            luma[i] = (byte)((19595 * pixels[4 * i] + 38470 * pixels[4 * i + 1] + 7471 * pixels[4 * i + 2] + 32768) >> 16);
        return luma;
    }
}
