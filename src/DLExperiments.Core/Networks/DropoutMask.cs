using DLExperiments.Randomness;

namespace DLExperiments.Networks;

/// <summary>The masks of dropout, drawn from a random stream in managed memory so that every engine draws the same.</summary>
public static class DropoutMask
{
    /// <summary>Fills a mask: 0 with probability p, else 1 / (1 - p), so that the expected value stays (inverted dropout).</summary>
    /// <param name="mask">The mask; one 32-bit number of the stream is spent on each element, in order.</param>
    /// <param name="probability">The probability p of a zero, from 0 to 1.</param>
    /// <param name="random">The layer's stream of this step.</param>
    public static void Fill(Span<float> mask, double probability, RandomStream random)
    {
        float scale = probability < 1 ? (float)(1 / (1 - probability)) : 0;
        ulong threshold = (ulong)(probability * 4294967296.0);
        for (int i = 0; i < mask.Length; i++) mask[i] = random.NextUInt32() < threshold ? 0 : scale;
    }
}
