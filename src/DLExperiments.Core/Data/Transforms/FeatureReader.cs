using DLExperiments.Networks;

namespace DLExperiments.Data.Transforms;

/// <summary>Reads rows of one feature in pieces, so that fitting a step never needs all rows in memory at once.</summary>
public sealed class FeatureReader
{
    private const int ChunkElements = 1 << 18, FewestLazyRows = 64;

    private readonly DataColumn column;
    private readonly int[] rows;
    private readonly IReadOnlyList<Transform> before;

    /// <summary>Makes a reader.</summary>
    /// <param name="column">The feature.</param>
    /// <param name="rows">Which of its rows.</param>
    /// <param name="before">Fitted steps to apply first.</param>
    public FeatureReader(DataColumn column, int[] rows, IReadOnlyList<Transform> before)
    {
        this.column = column;
        this.rows = rows;
        this.before = before;
    }

    /// <summary>The feature's name.</summary>
    public string Name => column.Name;

    /// <summary>The shape of one row's item.</summary>
    public Shape ItemShape => column.ItemShape;

    /// <summary>How many rows there are.</summary>
    public int Count => rows.Length;

    /// <summary>All rows, in chunks of whole rows, row-major.</summary>
    public IEnumerable<ReadOnlyMemory<float>> ReadChunks()
    {
        int size = ItemShape.ElementCount, step = Math.Max(column.IsLazy ? FewestLazyRows : 1, ChunkElements / size);
        float[] buffer = new float[Math.Min(step, Math.Max(rows.Length, 1)) * size];
        for (int start = 0; start < rows.Length; start += step)
        {
            int count = Math.Min(step, rows.Length - start);
            Memory<float> chunk = buffer.AsMemory(0, count * size);
            column.Read(rows.AsSpan(start, count), chunk.Span);
            foreach (Transform step2 in before) step2.Apply(chunk.Span, ItemShape);
            yield return chunk;
        }
    }
}
