using System.ComponentModel.DataAnnotations;
using DLExperiments.Catalogues;
using DLExperiments.Data.Text;
using DLExperiments.Randomness;

namespace DLExperiments.Data.Synthetic;

/// <summary>
/// Sentences of a small grammar as rows of consecutive words or characters, each with the one that follows as its class. A verb agrees in number
/// with its subject, even across a clause in between ("the cats that see a dog sleep ."), so there is something to remember.
/// </summary>
[CatalogueEntry("Grammar")]
public sealed class Grammar : DatasetGenerator
{
    private static readonly string[] Articles = ["a", "the"], Adjectives = ["big", "old", "red", "small"];
    private static readonly string[] Nouns = ["bird", "cat", "dog", "fox"], Resting = ["run", "sleep", "sing"], Acting = ["see", "chase", "hear"];

    /// <summary>How many symbols a row has.</summary>
    [Range(1, 10000)]
    public int SequenceLength { get; set; } = 8;

    /// <summary>What the symbols are: Word or Character.</summary>
    public TextLevel Level { get; set; } = TextLevel.Word;

    /// <summary>The probability that a noun is followed by a clause, from 0 to 0.9.</summary>
    [Range(0.0, 0.9)]
    public double Clause { get; set; } = 0.25;

    /// <inheritdoc/>
    public override Dataset Generate(CancellationToken cancellation = default)
    {
        var tokens = new List<string>(Count + SequenceLength + 16);
        for (int sentence = 0; tokens.Count < Count + SequenceLength; sentence++)
        {
            cancellation.ThrowIfCancellationRequested();
            List<string> words = Sentence(RowStream(sentence));
            if (Level == TextLevel.Word) tokens.AddRange(words);
            else tokens.AddRange((string.Join(' ', words).Replace(" .", ".") + " ").Select(c => c.ToString()));
        }
        // All that the grammar can say, so that every seed has the same symbols.
        IEnumerable<string> all = [.. Articles, .. Adjectives, .. Nouns, .. Nouns.Select(n => Number(n, true)), .. Resting.Concat(Acting).SelectMany(v => new[] { Verb(v, true), Verb(v, false) }), "that", "."];
        var vocabulary = Vocabulary.Collect(Level == TextLevel.Word ? all : all.SelectMany(w => w.Select(c => c.ToString())).Append(" "), Level, specials: false);
        int[] stream = vocabulary.Encode(tokens.Take(Count + SequenceLength), "Grammar");
        var coding = new TextCoding(vocabulary, SequenceLength) { Padding = TextSide.Start, Truncation = TextSide.Start };
        return Dataset.Create("Grammar", [new SequenceColumn("Text", stream, SequenceLength, 1, Count, coding)],
            [new ClassColumn("Next", stream[SequenceLength..], vocabulary.Tokens)]);
    }

    private List<string> Sentence(RandomStream random)
    {
        var words = new List<string>();
        bool plural = Noun(random, words, depth: 0);
        Predicate(random, words, plural, depth: 0);
        words.Add(".");
        return words;
    }

    private bool Noun(RandomStream random, List<string> words, int depth)
    {
        bool plural = random.NextInt32(2) == 1;
        words.Add(plural ? "the" : Articles[random.NextInt32(Articles.Length)]);
        if (random.NextInt32(3) == 0)
        {
            string adjective = Adjectives[random.NextInt32(Adjectives.Length)];
            // "a old" is no English.
            if (words[^1] == "a" && adjective[0] == 'o') words[^1] = "the";
            words.Add(adjective);
        }
        words.Add(Number(Nouns[random.NextInt32(Nouns.Length)], plural));
        if (depth >= 2 || random.NextDouble() >= Clause) return plural;
        words.Add("that");
        Predicate(random, words, plural, depth + 1);
        return plural;
    }

    private void Predicate(RandomStream random, List<string> words, bool plural, int depth)
    {
        bool acts = random.NextInt32(2) == 1;
        string[] verbs = acts ? Acting : Resting;
        words.Add(Verb(verbs[random.NextInt32(verbs.Length)], plural));
        if (acts) Noun(random, words, depth + 1);
    }

    private static string Number(string noun, bool plural) => !plural ? noun : noun == "fox" ? "foxes" : noun + "s";

    private static string Verb(string verb, bool plural) => plural ? verb : verb + "s";
}
