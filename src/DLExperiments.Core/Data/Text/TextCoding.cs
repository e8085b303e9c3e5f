using System.Text.Json.Nodes;
using DLExperiments.Errors;

namespace DLExperiments.Data.Text;

/// <summary>How a text of any length becomes a row of symbols' numbers; kept with a model, so that it takes raw text.</summary>
/// <param name="Vocabulary">What the numbers mean, and what the symbols are.</param>
/// <param name="Length">How many symbols a row has.</param>
public sealed record TextCoding(Vocabulary Vocabulary, int Length)
{
    /// <summary>Whether capitals become small letters first.</summary>
    public bool Lowercase { get; init; }

    /// <summary>Whether a line end is a word of its own.</summary>
    public bool KeepNewlines { get; init; }

    /// <summary>Whether each row begins with the symbol for the start.</summary>
    public bool StartSymbol { get; init; }

    /// <summary>Where a text that is too short is filled up.</summary>
    public TextSide Padding { get; init; }

    /// <summary>Where a text that is too long is cut.</summary>
    public TextSide Truncation { get; init; }

    /// <summary>The symbols of a text, before it is cut or filled.</summary>
    /// <param name="text">The text.</param>
    public IEnumerable<string> Split(string text) => Tokenizer.Split(text, Vocabulary.Level, Lowercase, KeepNewlines);

    /// <summary>Numbers a text.</summary>
    /// <param name="text">The text.</param>
    /// <param name="place">Where it comes from, for messages.</param>
    /// <returns><see cref="Length"/> numbers.</returns>
    /// <exception cref="ExperimentException">UnknownSymbol; TextTooShort: it would have to be filled up, and the vocabulary has no symbol for that.</exception>
    public int[] Encode(string text, string place)
    {
        IEnumerable<string> symbols = StartSymbol ? Split(text).Prepend(Vocabulary.Specials[1]) : Split(text);
        // Symbols that will be cut off need not be known, nor looked at where they come last.
        symbols = Truncation == TextSide.End ? symbols.Take(Length) : symbols.TakeLast(Length);
        int[] codes = Vocabulary.Encode(symbols, place);
        if (codes.Length == Length) return codes;
        int padding = Vocabulary.PaddingIndex;
        if (padding < 0)
            throw new ExperimentException("TextTooShort", ErrorKind.InvalidData, $"{place}: the text has {codes.Length} symbols, but a row takes {Length}, and the vocabulary has no symbol to fill it up with.", text);
        int[] row = new int[Length];
        Array.Fill(row, padding);
        codes.CopyTo(row, Padding == TextSide.End ? 0 : Length - codes.Length);
        return row;
    }

    /// <summary>Numbers a text into a row of a network's input.</summary>
    /// <param name="text">The text.</param>
    /// <param name="row">Room for <see cref="Length"/> numbers.</param>
    /// <param name="place">Where it comes from, for messages.</param>
    internal void Encode(string text, Span<float> row, string place)
    {
        int[] codes = Encode(text, place);
        for (int i = 0; i < codes.Length; i++) row[i] = codes[i];
    }

    /// <summary>The coding as JSON, for the model file.</summary>
    public JsonObject ToJson() => new()
    {
        ["level"] = Vocabulary.Level.ToString(),
        ["length"] = Length,
        ["lowercase"] = Lowercase,
        ["keepNewlines"] = KeepNewlines,
        ["startSymbol"] = StartSymbol,
        ["padding"] = Padding.ToString(),
        ["truncation"] = Truncation.ToString(),
        ["tokens"] = new JsonArray([.. Vocabulary.Tokens.Select(t => (JsonNode)JsonValue.Create(t)!)]),
    };

    /// <summary>Reads what <see cref="ToJson"/> wrote.</summary>
    /// <param name="json">The JSON.</param>
    public static TextCoding FromJson(JsonNode json) => new(
        new Vocabulary((json["tokens"] as JsonArray ?? []).Select(t => t!.GetValue<string>()), Enum.Parse<TextLevel>(json["level"]!.GetValue<string>())),
        json["length"]!.GetValue<int>())
    {
        Lowercase = json["lowercase"]!.GetValue<bool>(),
        KeepNewlines = json["keepNewlines"]!.GetValue<bool>(),
        StartSymbol = json["startSymbol"]!.GetValue<bool>(),
        Padding = Enum.Parse<TextSide>(json["padding"]!.GetValue<string>()),
        Truncation = Enum.Parse<TextSide>(json["truncation"]!.GetValue<string>()),
    };
}
