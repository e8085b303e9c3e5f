using DLExperiments.Networks;

namespace DLExperiments.Data;

/// <summary>One number of each row of another column, as a column of its own.</summary>
internal sealed class ColumnSlice : DataColumn
{
    private readonly DataColumn whole;
    private readonly int place;

    /// <param name="name">Its name.</param>
    /// <param name="whole">The column that it is part of.</param>
    /// <param name="place">The number's place in a row.</param>
    internal ColumnSlice(string name, DataColumn whole, int place)
        : base(name, new Shape())
    {
        this.whole = whole;
        this.place = place;
    }

    /// <inheritdoc/>
    public override int Count => whole.Count;

    /// <inheritdoc/>
    public override string ElementType => whole.ElementType;

    /// <inheritdoc/>
    public override void Read(ReadOnlySpan<int> rows, Span<float> destination)
    {
        int width = whole.ItemShape.ElementCount;
        float[] all = new float[rows.Length * width];
        whole.Read(rows, all);
        for (int i = 0; i < rows.Length; i++) destination[i] = all[i * width + place];
    }
}
