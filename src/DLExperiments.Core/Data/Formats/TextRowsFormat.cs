using System.ComponentModel.DataAnnotations;
using DLExperiments.Data.Text;
using DLExperiments.Errors;

namespace DLExperiments.Data.Formats;

/// <summary>
/// Base of the formats that read many texts, each a row with a class: how texts become rows of symbols of one length. The vocabulary has the
/// symbols for padding, the start and the unknown first, then those of the texts, the most frequent first; of those to train on, where the files
/// say which these are.
/// </summary>
public abstract class TextRowsFormat : DataFormat
{
    /// <summary>What the symbols are: Word or Character.</summary>
    public TextLevel Level { get; set; } = TextLevel.Word;

    /// <summary>How many symbols a row has; longer texts are cut, shorter ones filled up.</summary>
    [Range(1, int.MaxValue)]
    public int SequenceLength { get; set; } = 100;

    /// <summary>How many symbols are kept, special ones counted; the others become the unknown. All by default.</summary>
    [Range(4, int.MaxValue)]
    public int? VocabularySize { get; set; }

    /// <summary>Capitals become small letters first.</summary>
    public bool Lowercase { get; set; }

    /// <summary>A line end is a word of its own; characters always keep it.</summary>
    public bool KeepNewlines { get; set; }

    /// <summary>Each row begins with the symbol for the start.</summary>
    public bool StartSymbol { get; set; }

    /// <summary>Where a text that is too short is filled up: End or Start.</summary>
    public TextSide Padding { get; set; }

    /// <summary>Where a text that is too long is cut: End or Start.</summary>
    public TextSide Truncation { get; set; }

    /// <summary>The vocabulary of an earlier data set or of a model, for text that goes to the same network.</summary>
    public Vocabulary? Vocabulary { get; set; }

    /// <summary>Makes the data set.</summary>
    /// <param name="texts">The texts.</param>
    /// <param name="training">How many of them, the first ones, are to train on.</param>
    /// <param name="label">The class of each.</param>
    /// <param name="place">What a text is called in messages, by its number from 0.</param>
    /// <param name="request">How to report.</param>
    /// <exception cref="ExperimentException">InvalidParameterValue, UnknownSymbol.</exception>
    private protected Dataset Make(IReadOnlyList<string> texts, int training, ClassColumn? label, Func<int, string> place, ImportRequest request)
    {
        if (Vocabulary is { } given && (given.Level != Level || VocabularySize is not null || given.PaddingIndex < 0 || (StartSymbol && given.StartIndex < 0)))
            throw new ExperimentException("InvalidParameterValue", ErrorKind.InvalidArgument,
                $"Vocabulary is one of {given.Level} symbols and is taken as it is: give -Level {given.Level} and no -VocabularySize. It needs the special symbols.", given);
        IEnumerable<string> tokens = texts.Take(training).SelectMany(t => Tokenizer.Split(t, Level, Lowercase, KeepNewlines));
        var coding = new TextCoding(Vocabulary ?? Data.Text.Vocabulary.Collect(tokens, Level, specials: true, VocabularySize ?? int.MaxValue), SequenceLength)
        {
            Lowercase = Lowercase, KeepNewlines = KeepNewlines, StartSymbol = StartSymbol, Padding = Padding, Truncation = Truncation,
        };
        int[] stream = new int[(long)texts.Count * SequenceLength];
        for (int i = 0; i < texts.Count; i++)
        {
            if ((i & 0xFF) == 0) request.Cancellation.ThrowIfCancellationRequested();
            coding.Encode(texts[i], place(i)).CopyTo(stream, i * SequenceLength);
        }
        return Dataset.Create(request.Name, [new SequenceColumn("Text", stream, SequenceLength, SequenceLength, texts.Count, coding)], label is null ? [] : [label]);
    }
}
