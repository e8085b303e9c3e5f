namespace DLExperiments.Data.Augmentations;

/// <summary>What is done to the colours of pictures in planes of red, green and blue in [0,1].</summary>
internal static class PictureColors
{
    /// <summary>The luma of a pixel (ITU-R BT.601); of a picture that does not have three planes, the value itself.</summary>
    internal static float Grey(ReadOnlySpan<float> item, int pixel, int plane) =>
        item.Length == 3 * plane ? .299f * item[pixel] + .587f * item[plane + pixel] + .114f * item[2 * plane + pixel] : item[pixel];

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
