using System.Security.Cryptography;
using DLExperiments.Networks;

namespace DLExperiments.Data;

/// <summary>One named feature or target of a data set: an item of the same shape for every row.</summary>
public abstract class DataColumn
{
    /// <summary>Makes a column.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="itemShape">The shape of one row's item; empty for a single number.</param>
    protected DataColumn(string name, Shape itemShape)
    {
        Name = name;
        ItemShape = itemShape;
    }

    /// <summary>The column's name.</summary>
    public string Name { get; }

    /// <summary>The shape of one row's item; empty for a single number.</summary>
    public Shape ItemShape { get; }

    /// <summary>How many rows it holds.</summary>
    public abstract int Count { get; }

    /// <summary>What the values are stored as, for listings: <c>float32</c>, <c>uint8</c>, <c>class</c>.</summary>
    public abstract string ElementType { get; }

    /// <summary>Whether rows are made (decoded from files) whenever they are read, and so cost time.</summary>
    public virtual bool IsLazy => false;

    /// <summary>Reads rows as float32, row-major; a class gives its index, a missing value NaN.</summary>
    /// <param name="rows">Which rows, in the order wanted; a row may come twice.</param>
    /// <param name="destination">Room for <c>rows.Length * ItemShape.ElementCount</c> numbers.</param>
    public abstract void Read(ReadOnlySpan<int> rows, Span<float> destination);

    /// <summary>Feeds the content of rows to a hash; columns that store something smaller than float32 feed that.</summary>
    /// <param name="hash">The hash.</param>
    /// <param name="rows">Which rows, in order.</param>
    internal virtual void AppendTo(IncrementalHash hash, ReadOnlySpan<int> rows) => DatasetFingerprint.AppendFloats(this, hash, rows);
}
