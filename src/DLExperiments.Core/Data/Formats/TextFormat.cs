using System.ComponentModel.DataAnnotations;
using System.Text;
using DLExperiments.Catalogues;
using DLExperiments.Data.Text;
using DLExperiments.Errors;

namespace DLExperiments.Data.Formats;

/// <summary>
/// Plain text as rows of consecutive symbols (characters or words), each with the symbol that follows as its class: what a network learns
/// to write from. Symbols are numbered in the order of their characters, unless the vocabulary is limited.
/// </summary>
[CatalogueEntry("Text")]
public sealed class TextFormat : DataFormat
{
    private const int LinesLookedAt = 8;

    /// <summary>What the symbols are: Character or Word.</summary>
    public TextLevel Level { get; set; }

    /// <summary>How many symbols a row has.</summary>
    [Range(1, int.MaxValue)]
    public int SequenceLength { get; set; } = 100;

    /// <summary>How many symbols each row begins after the one before.</summary>
    [Range(1, int.MaxValue)]
    public int Stride { get; set; } = 1;

    /// <summary>Capitals become small letters first.</summary>
    public bool Lowercase { get; set; }

    /// <summary>A line end is a word of its own; characters always keep it.</summary>
    public bool KeepNewlines { get; set; }

    /// <summary>The vocabulary begins with symbols for padding, the start and the unknown.</summary>
    public bool SpecialTokens { get; set; }

    /// <summary>Keeps only so many symbols, special ones counted, the most frequent first; the others become the unknown. Implies SpecialTokens.</summary>
    [Range(4, int.MaxValue)]
    public int? VocabularySize { get; set; }

    /// <summary>The vocabulary of an earlier data set (its Features[0].Vocabulary), for text that goes to the same network.</summary>
    public Vocabulary? Vocabulary { get; set; }

    /// <inheritdoc/>
    public override int Recognize(DataFile file)
    {
        if (Path.GetExtension(file.PlainName) is not (".txt" or ".text" or ".md") || file.Start.Span.IndexOf((byte)0) >= 0) return 0;
        // A table has the same separators in every line; prose has not.
        string[] lines = [.. Encoding.UTF8.GetString(file.Start.Span).Split('\n').SkipLast(1).Take(LinesLookedAt)];
        bool table = lines.Length > 1 && ",;\t|".Any(mark => lines[0].Contains(mark) && lines.All(l => l.Count(c => c == mark) == lines[0].Count(c => c == mark)));
        return table ? 0 : 2;
    }

    /// <inheritdoc/>
    /// <exception cref="ExperimentException">TextTooShort, UnknownSymbol, WrongEncoding.</exception>
    public override Dataset Read(ImportRequest request)
    {
        string shown = Path.GetFileName(request.Path);
        string text = ReadAll(request.Path, shown);
        if (Vocabulary is { } given && (given.Level != Level || SpecialTokens || VocabularySize is not null))
            throw new ExperimentException("InvalidParameterValue", ErrorKind.InvalidArgument,
                $"Vocabulary is one of {given.Level} symbols and is taken as it is: give -Level {given.Level}, and neither -SpecialTokens nor -VocabularySize.", given);
        string[] tokens = [.. Tokenizer.Split(text, Level, Lowercase, KeepNewlines)];
        request.Cancellation.ThrowIfCancellationRequested();
        if (tokens.Length <= SequenceLength)
            throw new ExperimentException("TextTooShort", ErrorKind.InvalidData,
                $"'{shown}' has {tokens.Length} symbols, but a row takes {SequenceLength} and the next one; give a smaller -SequenceLength.", request.Path);
        Vocabulary vocabulary = Vocabulary ?? Data.Text.Vocabulary.Collect(tokens, Level, SpecialTokens || VocabularySize is not null, VocabularySize);
        int[] stream = vocabulary.Encode(tokens, shown);
        // Of a longer text the last symbols count: what follows them is asked for.
        var coding = new TextCoding(vocabulary, SequenceLength) { Lowercase = Lowercase, KeepNewlines = KeepNewlines, Padding = TextSide.Start, Truncation = TextSide.Start };
        int count = (stream.Length - SequenceLength - 1) / Stride + 1;
        int[] next = new int[count];
        for (int i = 0; i < count; i++) next[i] = stream[i * Stride + SequenceLength];
        return Dataset.Create(request.Name, [new SequenceColumn("Text", stream, SequenceLength, Stride, count, coding)], [new ClassColumn("Next", next, vocabulary.Tokens)]);
    }

    private static string ReadAll(string path, string shown)
    {
        try
        {
            using var reader = new StreamReader(DataFile.Inspect(path).Open(), new UTF8Encoding(false, throwOnInvalidBytes: true));
            return reader.ReadToEnd().Replace("\r\n", "\n");
        }
        catch (DecoderFallbackException e)
        {
            throw new ExperimentException("WrongEncoding", ErrorKind.InvalidData, $"'{shown}' is not UTF-8 text; save it as UTF-8.", path, e);
        }
        catch (InvalidDataException e)
        {
            throw DataFile.Damaged(path, e);
        }
    }
}
