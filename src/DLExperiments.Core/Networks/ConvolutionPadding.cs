using System.Globalization;
using DLExperiments.Errors;

namespace DLExperiments.Networks;

/// <summary>How far a convolution reaches beyond each edge: one size, one for each dimension, <c>same</c> or <c>valid</c>.</summary>
public sealed class ConvolutionPadding : IEquatable<ConvolutionPadding>
{
    private readonly int[] sizes;

    /// <summary>Pads by sizes.</summary>
    /// <param name="sizes">One size for all dimensions, or one for each; none negative.</param>
    /// <exception cref="ExperimentException">InvalidPadding: no size, or a negative one.</exception>
    public ConvolutionPadding(params int[] sizes)
    {
        if (sizes.Length == 0 || sizes.Any(s => s < 0))
            throw new ExperimentException("InvalidPadding", ErrorKind.InvalidArgument,
                $"The padding '{string.Join(",", sizes)}' is not valid: give 'same', 'valid', or sizes of at least 0.", sizes);
        this.sizes = [.. sizes];
    }

    /// <summary>Pads by one size.</summary>
    /// <param name="size">The size for all dimensions, not negative.</param>
    public ConvolutionPadding(int size)
        : this([size])
    {
    }

    /// <summary>Reads <c>same</c>, <c>valid</c>, <c>1</c> or <c>1,2</c>.</summary>
    /// <param name="text">The text.</param>
    public ConvolutionPadding(string text)
    {
        IsSame = text.Trim().Equals("same", StringComparison.OrdinalIgnoreCase);
        sizes = IsSame ? [] : text.Trim().Equals("valid", StringComparison.OrdinalIgnoreCase) ? [0] : new ConvolutionPadding(ReadSizes(text)).sizes;
    }

    /// <summary>Pads by sizes that a script gave.</summary>
    /// <param name="values">Whole numbers.</param>
    public ConvolutionPadding(object[] values)
        : this(string.Join(",", values.Select(v => Convert.ToString(v, CultureInfo.InvariantCulture))))
    {
    }

    /// <summary>Whether the output has the size of the input (stride 1 only).</summary>
    public bool IsSame { get; }

    /// <summary>The sizes; none when <see cref="IsSame"/>.</summary>
    public IReadOnlyList<int> Sizes => sizes;

    /// <summary>Reads <c>same</c>, <c>valid</c>, <c>1</c> or <c>1,2</c>.</summary>
    /// <param name="text">The text.</param>
    /// <exception cref="FormatException">It is none of these.</exception>
    public static ConvolutionPadding Parse(string text) => new(text);

    /// <inheritdoc/>
    public bool Equals(ConvolutionPadding? other) => other is not null && IsSame == other.IsSame && sizes.SequenceEqual(other.sizes);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as ConvolutionPadding);

    /// <inheritdoc/>
    public override int GetHashCode() => sizes.Aggregate(IsSame ? 1 : 0, HashCode.Combine);

    /// <summary>As <see cref="Parse"/> reads it.</summary>
    public override string ToString() => IsSame ? "same" : string.Join(",", sizes);

    /// <summary>
    /// What is added before and after each dimension. <c>same</c> adds dilation · (kernel - 1) in all, the odd one after, as PyTorch does.
    /// </summary>
    /// <param name="kernel">Kernel size of each dimension.</param>
    /// <param name="dilation">Dilation of each dimension.</param>
    internal (int Before, int After)[] Expand(int[] kernel, int[] dilation)
    {
        if (IsSame)
            return [.. kernel.Zip(dilation, (k, d) => (d * (k - 1) / 2, d * (k - 1) - (d * (k - 1) / 2)))];
        return [.. SlidingWindow.Expand(sizes, kernel.Length, "Padding").Select(s => (s, s))];
    }

    private static int[] ReadSizes(string text)
    {
        try
        {
            return [.. text.Split([',', ' ', 'x'], StringSplitOptions.RemoveEmptyEntries).Select(s => int.Parse(s, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture))];
        }
        catch (Exception e) when (e is FormatException or OverflowException)
        {
            throw new FormatException($"The padding '{text}' is not 'same', 'valid' or a list of whole numbers.", e);
        }
    }
}
