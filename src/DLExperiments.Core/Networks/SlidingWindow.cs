using DLExperiments.Errors;

namespace DLExperiments.Networks;

/// <summary>Sizes of layers that slide a window over their input: convolutions and pooling.</summary>
internal static class SlidingWindow
{
    private static readonly string[] Wanted = ["", "[C,L]", "[C,H,W]", "[C,D,H,W]"];

    /// <summary>One size for each dimension from one or as many.</summary>
    internal static int[] Expand(IReadOnlyList<int> sizes, int dimensions, string parameter) =>
        sizes.Count == dimensions ? [.. sizes]
        : sizes.Count == 1 ? [.. Enumerable.Repeat(sizes[0], dimensions)]
        : throw new ShapeException($"wants 1 or {dimensions} sizes for {parameter}, got {sizes.Count} ({string.Join(",", sizes)}).");

    /// <summary>Checks that an input is channels and the given number of spatial dimensions.</summary>
    internal static void Require(Shape input, int dimensions)
    {
        if (input.Count != dimensions + 1) throw new ShapeException($"wants {Wanted[dimensions]}, got {input}.");
    }

    /// <summary>
    /// O = ⌊(W + P - D(K - 1) - 1) / S⌋ + 1 for input W, kernel K, stride S, dilation D and total padding P. Rounding up, a last window
    /// counts only when it starts inside the input or the padding before it.
    /// </summary>
    internal static int OutputSize(int input, int kernel, int stride, int dilation, (int Before, int After) padding, bool roundUp, Shape shape)
    {
        int span = input + padding.Before + padding.After - (dilation * (kernel - 1)) - 1;
        if (span < 0)
            throw new ShapeException($"wants at least {(dilation * (kernel - 1)) + 1} values along each side for its kernel, "
                + $"got {input}{(padding.Before + padding.After > 0 ? $" and {padding.Before + padding.After} of padding" : "")} in {shape}.");
        int output = ((span + (roundUp ? stride - 1 : 0)) / stride) + 1;
        return roundUp && (output - 1) * stride >= input + padding.Before ? output - 1 : output;
    }

    /// <summary>Refuses windows of which more than half could lie in the padding, as libtorch does.</summary>
    internal static void RequirePoolPadding(int[] kernel, int[] padding)
    {
        for (int i = 0; i < kernel.Length; i++)
            if (padding[i] * 2 > kernel[i])
                throw new ExperimentException("InvalidPadding", ErrorKind.InvalidArgument,
                    $"The padding {padding[i]} is more than half of the kernel size {kernel[i]}; use at most {kernel[i] / 2}.", padding[i]);
    }

    /// <summary>Sizes as libtorch takes them.</summary>
    internal static long[] ToLong(IEnumerable<int> sizes) => [.. sizes.Select(s => (long)s)];
}
