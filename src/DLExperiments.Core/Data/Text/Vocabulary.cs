using System.Collections.Immutable;
using DLExperiments.Errors;

namespace DLExperiments.Data.Text;

/// <summary>The symbols that a text may have, numbered from 0; with special symbols, 0 is padding, 1 the start, 2 what is unknown.</summary>
public sealed class Vocabulary
{
    /// <summary>The special symbols in the order of their numbers.</summary>
    public static readonly ImmutableArray<string> Specials = ["<PAD>", "<START>", "<UNK>"];

    private readonly Dictionary<string, int> indices;

    /// <summary>Makes a vocabulary of given symbols.</summary>
    /// <param name="tokens">The symbols in the order of their numbers, each once.</param>
    /// <param name="level">What they are.</param>
    /// <exception cref="ExperimentException">DuplicateSymbol.</exception>
    public Vocabulary(IEnumerable<string> tokens, TextLevel level)
    {
        Tokens = [.. tokens];
        Level = level;
        indices = new Dictionary<string, int>(StringComparer.Ordinal);
        for (int i = 0; i < Tokens.Length; i++)
            if (!indices.TryAdd(Tokens[i], i))
                throw new ExperimentException("DuplicateSymbol", ErrorKind.InvalidArgument, $"The symbol '{Tokens[i]}' is twice in the vocabulary.", Tokens[i]);
    }

    /// <summary>The symbols in the order of their numbers.</summary>
    public ImmutableArray<string> Tokens { get; }

    /// <summary>What the symbols are.</summary>
    public TextLevel Level { get; }

    /// <summary>How many symbols there are.</summary>
    public int Count => Tokens.Length;

    /// <summary>The number of padding, or -1 when there is none.</summary>
    public int PaddingIndex => IndexOf(Specials[0]);

    /// <summary>The number of the start, or -1 when there is none.</summary>
    public int StartIndex => IndexOf(Specials[1]);

    /// <summary>The number for symbols that the vocabulary does not know, or -1 when there is none.</summary>
    public int UnknownIndex => IndexOf(Specials[2]);

    /// <summary>Collects the symbols of a text.</summary>
    /// <param name="tokens">The text's symbols.</param>
    /// <param name="level">What they are.</param>
    /// <param name="specials">Whether padding, start and unknown come first.</param>
    /// <param name="size">
    /// How many to keep, special symbols counted: the most frequent, the most frequent first, and of equally frequent ones the first in the
    /// order of their characters. Null keeps all, in the order of their characters.
    /// </param>
    public static Vocabulary Collect(IEnumerable<string> tokens, TextLevel level, bool specials, int? size = null)
    {
        var counts = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (string token in tokens) counts[token] = counts.GetValueOrDefault(token) + 1;
        string[] first = specials ? [.. Specials] : [];
        IEnumerable<string> kept = size is { } most
            ? counts.OrderByDescending(c => c.Value).ThenBy(c => c.Key, StringComparer.Ordinal).Select(c => c.Key).Take(Math.Max(0, most - first.Length))
            : counts.Keys.Order(StringComparer.Ordinal);
        return new Vocabulary(first.Concat(kept.Except(first)), level);
    }

    /// <summary>The number of a symbol, or -1.</summary>
    /// <param name="token">The symbol.</param>
    public int IndexOf(string token) => indices.GetValueOrDefault(token, -1);

    /// <summary>The numbers of symbols.</summary>
    /// <param name="tokens">The symbols.</param>
    /// <param name="place">Where they come from, for the message.</param>
    /// <exception cref="ExperimentException">UnknownSymbol: the vocabulary lacks one and has no symbol for what it lacks.</exception>
    public int[] Encode(IEnumerable<string> tokens, string place)
    {
        var codes = new List<int>();
        int unknown = UnknownIndex;
        foreach (string token in tokens)
        {
            int index = IndexOf(token);
            if (index < 0 && unknown < 0)
                throw new ExperimentException("UnknownSymbol", ErrorKind.InvalidData,
                    $"{place}: symbol {codes.Count + 1}, '{token}', is not in the vocabulary of {Count} symbols; make the vocabulary with special symbols, so that it has one for the unknown.", token);
            codes.Add(index < 0 ? unknown : index);
        }
        return [.. codes];
    }

    /// <summary>The text of numbers: characters joined, words with spaces between.</summary>
    /// <param name="codes">The numbers.</param>
    public string Decode(IEnumerable<int> codes) => string.Join(Level == TextLevel.Word ? " " : "", codes.Select(c => Tokens[c]));

    /// <summary>How many symbols, and the first of them.</summary>
    public override string ToString() => $"{Count} symbols ({Level})";
}
