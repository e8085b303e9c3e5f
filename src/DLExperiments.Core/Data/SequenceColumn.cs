using System.Runtime.InteropServices;
using System.Security.Cryptography;
using DLExperiments.Data.Text;
using DLExperiments.Networks;

namespace DLExperiments.Data;

/// <summary>
/// A column of symbol sequences, read as indices for an Embedding layer: windows on one stream of symbols, which is kept once however
/// much the windows overlap.
/// </summary>
public sealed class SequenceColumn : DataColumn
{
    private readonly int[] stream;

    /// <summary>Makes a column over a stream.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="stream">The symbols' numbers, one after the other; not copied.</param>
    /// <param name="length">How many symbols a row has.</param>
    /// <param name="stride">How far each row begins after the one before.</param>
    /// <param name="count">How many rows.</param>
    /// <param name="coding">What the numbers mean, and how other texts become such rows.</param>
    public SequenceColumn(string name, int[] stream, int length, int stride, int count, TextCoding coding)
        : base(name, new Shape(length))
    {
        if ((count - 1L) * stride + length > stream.Length)
            throw new ArgumentException($"{count} rows of {length} symbols with stride {stride} need more than {stream.Length} symbols.", nameof(count));
        this.stream = stream;
        Stride = stride;
        Count = count;
        Coding = coding;
    }

    /// <summary>How far each row begins after the one before.</summary>
    public int Stride { get; }

    /// <summary>What the numbers mean.</summary>
    public Vocabulary Vocabulary => Coding.Vocabulary;

    /// <summary>How a text becomes such a row; kept with a model that is trained on it.</summary>
    public TextCoding Coding { get; }

    /// <inheritdoc/>
    public override int Count { get; }

    /// <inheritdoc/>
    public override string ElementType => "token";

    /// <inheritdoc/>
    public override void Read(ReadOnlySpan<int> rows, Span<float> destination)
    {
        int length = ItemShape[0];
        for (int i = 0; i < rows.Length; i++)
        {
            ReadOnlySpan<int> from = stream.AsSpan(rows[i] * Stride, length);
            for (int j = 0; j < length; j++) destination[i * length + j] = from[j];
        }
    }

    /// <inheritdoc/>
    internal override void AppendTo(IncrementalHash hash, ReadOnlySpan<int> rows)
    {
        // The part of the stream that the rows lie in and their places there, not each overlapping row: a hundredth of the work for windows of a hundred.
        int first = int.MaxValue, last = 0;
        foreach (int row in rows) (first, last) = (Math.Min(first, row), Math.Max(last, row));
        hash.AppendData(BitConverter.GetBytes(Stride));
        if (rows.Length > 0) hash.AppendData(MemoryMarshal.AsBytes(stream.AsSpan(first * Stride, (last - first) * Stride + ItemShape[0])));
        foreach (int row in rows) hash.AppendData(BitConverter.GetBytes(row - first));
        foreach (string token in Vocabulary.Tokens) hash.AppendData(System.Text.Encoding.UTF8.GetBytes(token + "\0"));
    }
}
