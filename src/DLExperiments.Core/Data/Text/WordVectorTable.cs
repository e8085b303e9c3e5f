using System.Collections.Immutable;

namespace DLExperiments.Data.Text;

/// <summary>A vector for each symbol of a vocabulary: the weight of an Embedding layer.</summary>
public sealed class WordVectorTable
{
    internal WordVectorTable(Vocabulary vocabulary, int width, float[] values, IEnumerable<string> missing, int skippedLines)
    {
        Vocabulary = vocabulary;
        Width = width;
        Values = values;
        MissingSymbols = [.. missing];
        SkippedLines = skippedLines;
    }

    /// <summary>The symbols, in the order of the vectors.</summary>
    public Vocabulary Vocabulary { get; }

    /// <summary>How many symbols there are: the Embedding's NumEmbeddings.</summary>
    public int Count => Vocabulary.Count;

    /// <summary>How many numbers a vector has: the Embedding's EmbeddingDim.</summary>
    public int Width { get; }

    /// <summary>How many symbols the file had; special symbols do not count.</summary>
    public int FoundCount => Count - MissingCount - Specials;

    /// <summary>How many symbols it did not have; special symbols do not count.</summary>
    public int MissingCount => MissingSymbols.Length;

    /// <summary>The share of the symbols that the file had, from 0 to 1.</summary>
    public double Coverage => Count == Specials ? 0 : (double)FoundCount / (Count - Specials);

    /// <summary>The symbols that the file did not have.</summary>
    public ImmutableArray<string> MissingSymbols { get; }

    /// <summary>How many lines of the file were no word and vector.</summary>
    public int SkippedLines { get; }

    /// <summary>[Count, Width], as Set-Weight takes it.</summary>
    public float[] Values { get; }

    /// <summary>The vector of a symbol.</summary>
    /// <param name="symbol">The symbol.</param>
    /// <exception cref="Errors.ExperimentException">UnknownSymbol.</exception>
    public float[] VectorOf(string symbol) => Vocabulary.IndexOf(symbol) is >= 0 and int index
        ? Values[(index * Width)..((index + 1) * Width)]
        : throw new Errors.ExperimentException("UnknownSymbol", Errors.ErrorKind.NotFound, $"'{symbol}' is not in the vocabulary of {Count} symbols.", symbol);

    private int Specials => Vocabulary.Tokens.Count(Vocabulary.Specials.Contains);
}
