using System.Buffers;
using DLExperiments.Networks;
using SkiaSharp;

namespace DLExperiments.Data.Images;

/// <summary>Decodes picture files to bytes in planes, [channels, height, width], channels red, green, blue or one of grey.</summary>
internal static class Picture
{
    /// <summary>The endings of the files that are pictures, lower case.</summary>
    internal static readonly string[] Endings = [".jpg", ".jpeg", ".png", ".bmp", ".webp"];

    private const long MostPixels = 1 << 28;
    private const int RowsDecoded = 16;

    private static readonly PictureFault TooEarly = new("it ends too early");

    /// <summary>Whether a file is a picture by its name.</summary>
    internal static bool IsPicture(string path) =>
        Array.IndexOf(Endings, Path.GetExtension(path).ToLowerInvariant()) >= 0 && !Path.GetFileName(path).StartsWith('.');

    /// <summary>Reads no more of a file than its size in pixels.</summary>
    /// <param name="path">The file.</param>
    /// <param name="height">Rows; 0 when it is no picture.</param>
    /// <param name="width">Columns; 0 when it is no picture.</param>
    /// <returns>What is wrong, or null.</returns>
    internal static PictureFault? Inspect(string path, out int height, out int width)
    {
        SkiaLibrary.EnsureLoaded();
        using SKCodec? codec = SKCodec.Create(path);
        (height, width) = codec is null ? (0, 0) : (codec.Info.Height, codec.Info.Width);
        return Judge(codec, new FileInfo(path).Length);
    }

    /// <summary>Decodes a file's bytes. Transparency and colour profiles are left out of account, as the training data's makers mostly did.</summary>
    /// <param name="file">The bytes of a JPEG, PNG, BMP or WebP file.</param>
    /// <param name="shape">[channels, height, width] with 3 channels, or 1 for the luma of ITU-R BT.601.</param>
    /// <param name="resize">Brings a picture of another size to the shape (see <see cref="Resampler"/>); without it such a picture is a fault.</param>
    /// <param name="destination">Room for the shape's bytes.</param>
    /// <returns>What is wrong, or null.</returns>
    internal static unsafe PictureFault? Decode(byte[] file, Shape shape, bool resize, Span<byte> destination)
    {
        SkiaLibrary.EnsureLoaded();
        fixed (byte* bytes = file)
        {
            // The codec reads where the bytes lie, and is gone before they may move.
            using SKData data = SKData.Create((IntPtr)bytes, file.Length);
            using SKCodec? codec = SKCodec.Create(data);
            if (Judge(codec, file.Length) is { } fault) return fault;
            int width = codec!.Info.Width, height = codec.Info.Height;
            bool same = height == shape[1] && width == shape[2];
            if (!same && !resize) return PictureFault.OfSize(height, width, shape);
            // JPEG and WebP can leave out detail while they decode. What is left is at least twice as large as wanted, so that the resampler
            // still weighs every pixel of it; the result is that of the whole picture but for a few levels at sharp edges.
            double shrink = same ? 1 : Math.Min((double)height / shape[1], (double)width / shape[2]);
            if (shrink >= 4)
            {
                SKSizeI scaled = codec.GetScaledDimensions(shrink >= 16 ? .125f : shrink >= 8 ? .25f : .5f);
                (height, width) = (scaled.Height, scaled.Width);
            }
            var info = new SKImageInfo(width, height, SKColorType.Rgba8888, SKAlphaType.Unpremul);
            if (!same && shape[0] == 3 && codec.ScanlineOrder == SKCodecScanlineOrder.TopDown && codec.StartScanlineDecode(info) == SKCodecResult.Success)
                return ResizeRows(codec, height, width, shape, destination) ? null : TooEarly;
            byte[] rented = ArrayPool<byte>.Shared.Rent(4 * width * height);
            Span<byte> pixels = rented.AsSpan(0, 4 * width * height);
            SKCodecResult result;
            fixed (byte* at = pixels) result = codec.GetPixels(info, (IntPtr)at);
            if (result == SKCodecResult.Success) Write(rented, height, width, shape, same, destination);
            ArrayPool<byte>.Shared.Return(rented);
            return result == SKCodecResult.Success ? null : result == SKCodecResult.IncompleteInput ? TooEarly : new PictureFault($"it is damaged ({result})");
        }
    }

    /// <summary>Resizes a picture while it is decoded, a few rows at a time.</summary>
    private static unsafe bool ResizeRows(SKCodec codec, int height, int width, Shape shape, Span<byte> destination)
    {
        int line = 4 * width, have = 0, start = 0;
        byte[] strip = ArrayPool<byte>.Shared.Rent(RowsDecoded * line);
        bool whole = new Resampler(height, width, shape[1], shape[2]).ApplyPixels(y =>
        {
            if (y >= start + have)
            {
                (start, have) = (y, Math.Min(RowsDecoded, height - y));
                fixed (byte* at = strip)
                    if (codec.GetScanlines((IntPtr)at, have, line) < have) return default;
            }
            return strip.AsSpan((y - start) * line, line);
        }, destination);
        ArrayPool<byte>.Shared.Return(strip);
        return whole;
    }

    private static PictureFault? Judge(SKCodec? codec, long length) =>
        codec is null ? new PictureFault(length == 0 ? "it is empty" : "its bytes are no picture")
        : (long)codec.Info.Width * codec.Info.Height > MostPixels ? new PictureFault($"it claims {codec.Info.Width} x {codec.Info.Height} pixels")
        : null;

    private static void Write(byte[] rented, int height, int width, Shape shape, bool same, Span<byte> destination)
    {
        ReadOnlySpan<byte> pixels = rented.AsSpan(0, 4 * height * width);
        if (same && shape[0] == 1) Luma(pixels, destination);
        else if (same) Planes(pixels, destination);
        else if (shape[0] == 3) new Resampler(height, width, shape[1], shape[2]).ApplyPixels(y => rented.AsSpan(4 * y * width, 4 * width), destination);
        else
        {
            byte[] luma = new byte[height * width];
            Luma(pixels, luma);
            float[] values = Array.ConvertAll(luma, v => (float)v), resized = new float[shape.ElementCount];
            new Resampler(height, width, shape[1], shape[2]).Apply(values, resized, 1);
            for (int i = 0; i < resized.Length; i++) destination[i] = (byte)Math.Clamp(MathF.Round(resized[i]), 0, 255);
        }
    }

    private static void Planes(ReadOnlySpan<byte> pixels, Span<byte> planes)
    {
        int plane = pixels.Length / 4;
        Span<byte> red = planes[..plane], green = planes.Slice(plane, plane), blue = planes.Slice(2 * plane, plane);
        for (int i = 0; i < red.Length; i++)
        {
            red[i] = pixels[4 * i];
            green[i] = pixels[4 * i + 1];
            blue[i] = pixels[4 * i + 2];
        }
    }

    // .299 R + .587 G + .114 B in 16-bit fixed point.
    private static void Luma(ReadOnlySpan<byte> pixels, Span<byte> luma)
    {
        for (int i = 0; i < pixels.Length / 4; i++)
            luma[i] = (byte)((19595 * pixels[4 * i] + 38470 * pixels[4 * i + 1] + 7471 * pixels[4 * i + 2] + 32768) >> 16);
    }
}
