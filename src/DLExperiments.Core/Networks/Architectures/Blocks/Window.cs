namespace DLExperiments.Networks.Architectures.Blocks;

/// <summary>A size in two dimensions, written as a number when both are the same.</summary>
internal readonly record struct Window(int Height, int Width)
{
    internal int[] Sizes => Height == Width ? [Height] : [Height, Width];

    public static implicit operator Window(int size) => new(size, size);

    public static implicit operator Window((int Height, int Width) size) => new(size.Height, size.Width);
}
