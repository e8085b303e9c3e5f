using System.Runtime.Intrinsics;

namespace DLExperiments.Data.Augmentations;

/// <summary>What is done to the colours of pictures in planes of red, green and blue in [0,1].</summary>
internal static class PictureColors
{
    /// <summary>The luma of a pixel (ITU-R BT.601); of a picture that does not have three planes, the value itself.</summary>
    internal static float Grey(ReadOnlySpan<float> item, int pixel, int plane) =>
        item.Length == 3 * plane ? .299f * item[pixel] + .587f * item[plane + pixel] + .114f * item[2 * plane + pixel] : item[pixel];

    /// <summary>The mean luma of a picture.</summary>
    internal static float MeanGrey(ReadOnlySpan<float> item, int plane) =>
        item.Length == 3 * plane ? .299f * Mean(item[..plane]) + .587f * Mean(item.Slice(plane, plane)) + .114f * Mean(item[(2 * plane)..]) : Mean(item[..plane]);

    /// <summary>Moves all values away from another one, or towards it, and keeps them in [0,1].</summary>
    internal static void Blend(Span<float> item, float other, float share)
    {
        int i = 0;
        for (; i <= item.Length - 4; i += 4)
        {
            Vector128<float> from = Vector128.Create(other);
            Clamp(from + (Vector128.Create<float>(item[i..]) - from) * share).CopyTo(item[i..]);
        }
        for (; i < item.Length; i++) item[i] = Math.Clamp(other + (item[i] - other) * share, 0, 1);
    }

    /// <summary>Moves each pixel of three planes away from its grey, or towards it, and keeps it in [0,1].</summary>
    internal static void Saturate(Span<float> item, int plane, float share)
    {
        int i = 0;
        Span<float> red = item[..plane], green = item.Slice(plane, plane), blue = item.Slice(2 * plane, plane);
        for (; i <= plane - 4; i += 4)
        {
            Vector128<float> r = Vector128.Create<float>(red[i..]), g = Vector128.Create<float>(green[i..]), b = Vector128.Create<float>(blue[i..]);
            Vector128<float> grey = r * .299f + g * .587f + b * .114f;
            Clamp(grey + (r - grey) * share).CopyTo(red[i..]);
            Clamp(grey + (g - grey) * share).CopyTo(green[i..]);
            Clamp(grey + (b - grey) * share).CopyTo(blue[i..]);
        }
        for (; i < plane; i++)
        {
            float grey = Grey(item, i, plane);
            for (int at = i; at < item.Length; at += plane) item[at] = Math.Clamp(grey + (item[at] - grey) * share, 0, 1);
        }
    }

    private static Vector128<float> Clamp(Vector128<float> values) => Vector128.Min(Vector128.Max(values, Vector128<float>.Zero), Vector128<float>.One);

    // Four sums whatever the processor, so that the same seed gives the same picture everywhere.
    private static float Mean(ReadOnlySpan<float> values)
    {
        Vector128<float> sums = Vector128<float>.Zero;
        int i = 0;
        for (; i <= values.Length - 4; i += 4) sums += Vector128.Create(values[i..]);
        float sum = sums[0] + sums[1] + sums[2] + sums[3];
        for (; i < values.Length; i++) sum += values[i];
        return sum / values.Length;
    }

    /// <summary>Turns the hue of every pixel by a share of the full circle, with saturation and value of the HSV model as they are.</summary>
    internal static void TurnHue(Span<float> item, int plane, float turn)
    {
        for (int i = 0; i < plane; i++)
        {
            float r = item[i], g = item[plane + i], b = item[2 * plane + i];
            float top = Math.Max(r, Math.Max(g, b)), range = top - Math.Min(r, Math.Min(g, b));
            if (range <= 0) continue;
            float sixth = top == r ? (g - b) / range : top == g ? (b - r) / range + 2 : (r - g) / range + 4;
            sixth += 6 * turn;
            // Each channel is the value, less what the hue's distance from it takes away (the closed form of the six cases of HSV).
            for (int c = 0; c < 3; c++)
            {
                float k = (5 - 2 * c + sixth) % 6;
                if (k < 0) k += 6;
                item[c * plane + i] = top - range * Math.Clamp(Math.Min(k, 4 - k), 0, 1);
            }
        }
    }
}
