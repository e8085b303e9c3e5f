using System.Globalization;
using DLExperiments.Data.Formats;
using DLExperiments.Errors;

namespace DLExperiments.Data.Text;

/// <summary>Reads vectors of words from text, as GloVe, word2vec and fastText give them: a word and its numbers a line, with spaces between.</summary>
public static class WordVectors
{
    /// <summary>Writes the vectors of given words one after the other; a word that the file lacks, as padding, gets zeros.</summary>
    /// <param name="path">The file, gzip or not. A first line of two numbers (how many words, how long) is passed over, and so are lines without exactly as
    /// many numbers as a vector has. Of equal words the first counts.</param>
    /// <param name="words">The words, in the order of their vectors.</param>
    /// <param name="length">The length of a vector.</param>
    /// <param name="destination">Room for words.Count·length numbers; not changed when this fails.</param>
    /// <returns>How many of the words the file has.</returns>
    /// <exception cref="ExperimentException">FileNotFound; NoWordVectors: it has none of the words, or vectors of another length only.</exception>
    public static int Read(string path, IReadOnlyList<string> words, int length, Span<float> destination)
    {
        var places = new Dictionary<string, int>(StringComparer.Ordinal);
        for (int i = 0; i < words.Count; i++) places.TryAdd(words[i], i);
        float[] all = new float[words.Count * length];
        (int found, int lines, int misfits) = (0, 0, 0);
        using (var reader = new StreamReader(DataFile.Inspect(path).Open()))
        {
            // Only the vectors of wanted words are read number by number: these files have hundreds of thousands of words.
            while (reader.ReadLine() is { } line && places.Count > 0)
            {
                lines++;
                int end = line.IndexOf(' ');
                if (end <= 0 || !places.TryGetValue(line[..end], out int place)) continue;
                if (!TryParse(line.AsSpan(end + 1).Trim(), all.AsSpan(place * length, length)))
                {
                    misfits++;
                    continue;
                }
                places.Remove(line[..end]);
                found++;
            }
        }
        if (found == 0)
            throw new ExperimentException("NoWordVectors", ErrorKind.InvalidData, misfits > 0
                ? $"'{path}' has {misfits} of the {words.Count} words, but none with a vector of {length} numbers; use the file of that length, or an embedding of the file's."
                : $"'{path}' has none of the {words.Count} words on its {lines} lines; a line is a word and its numbers, with spaces between.", path);
        all.CopyTo(destination);
        return found;
    }

    private static bool TryParse(ReadOnlySpan<char> text, Span<float> vector)
    {
        int count = 0;
        for (bool more = text.Length > 0; more; count++)
        {
            int end = text.IndexOf(' ');
            more = end >= 0;
            ReadOnlySpan<char> number = more ? text[..end] : text;
            if (count == vector.Length || !float.TryParse(number, NumberStyles.Float, CultureInfo.InvariantCulture, out float value) || !float.IsFinite(value))
            {
                count = 0;
                break;
            }
            vector[count] = value;
            text = text[(end + 1)..];
        }
        if (count == vector.Length) return true;
        vector.Clear();
        return false;
    }
}
