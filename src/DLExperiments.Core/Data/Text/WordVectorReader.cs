using System.Buffers.Text;
using System.Text;
using DLExperiments.Data.Formats;
using DLExperiments.Errors;
using DLExperiments.Randomness;

namespace DLExperiments.Data.Text;

/// <summary>
/// Reads word vectors in GloVe's text format, or word2vec's with its header: a word and its numbers a line, separated by spaces, plain or gzip.
/// The file streams by, and only vectors that are wanted are kept.
/// </summary>
public sealed class WordVectorReader
{
    private const int LongestLine = 1 << 20;

    private readonly Vocabulary vocabulary;
    private readonly bool[] found;
    private float[] values = [];
    private int width, skipped;

    private WordVectorReader(Vocabulary vocabulary)
    {
        this.vocabulary = vocabulary;
        found = new bool[vocabulary.Count];
    }

    /// <summary>Reads the vectors of a vocabulary's symbols.</summary>
    /// <param name="path">The file.</param>
    /// <param name="vocabulary">The symbols. Padding stays zero whatever the file says.</param>
    /// <param name="unknown">What symbols get that the file does not have.</param>
    /// <param name="seed">Seed of <see cref="UnknownVector.Random"/>.</param>
    /// <param name="progress">Told the number of lines, now and then.</param>
    /// <param name="cancellation">Stops the reading.</param>
    /// <exception cref="ExperimentException">
    /// NotWordVectors: no line of the first hundred is a word and numbers. NoWordFound: none of the symbols is in the file. DamagedArchive.
    /// </exception>
    public static WordVectorTable Read(string path, Vocabulary vocabulary, UnknownVector unknown = UnknownVector.Zero, long seed = 0, Action<long>? progress = null, CancellationToken cancellation = default)
    {
        var reader = new WordVectorReader(vocabulary);
        try
        {
            using Stream stream = DataFile.Inspect(path).Open();
            reader.ReadLines(stream, path, progress, cancellation);
        }
        catch (InvalidDataException e)
        {
            throw DataFile.Damaged(path, e);
        }
        if (reader.width == 0) throw NotVectors(path);
        if (!reader.found.Contains(true))
            throw new ExperimentException("NoWordFound", ErrorKind.InvalidData,
                $"'{Path.GetFileName(path)}' has none of the {vocabulary.Count} symbols of the vocabulary. Vectors of small letters need a vocabulary of small letters (-Lowercase), and words instead of characters (-Level Word).", path);
        return reader.Finish(unknown, seed);
    }

    private void ReadLines(Stream stream, string path, Action<long>? progress, CancellationToken cancellation)
    {
        byte[] buffer = new byte[1 << 16];
        int held = 0;
        long line = 0;
        for (int count = 1; count > 0; )
        {
            count = stream.Read(buffer, held, buffer.Length - held);
            int end = held + count, start = 0;
            for (int stop; (stop = Array.IndexOf(buffer, (byte)'\n', start, end - start)) >= 0; start = stop + 1) Take(buffer.AsSpan(start, stop - start), ++line, path);
            held = end - start;
            Array.Copy(buffer, start, buffer, 0, held);
            if (count == 0 && held > 0) Take(buffer.AsSpan(0, held), ++line, path);
            if (held == buffer.Length) Array.Resize(ref buffer, held < LongestLine ? held * 2 : throw NotVectors(path));
            cancellation.ThrowIfCancellationRequested();
            progress?.Invoke(line);
        }
    }

    private void Take(ReadOnlySpan<byte> line, long number, string path)
    {
        line = line.TrimEnd(" \r"u8);
        if (line.IsEmpty) return;
        if (width == 0 && !Begin(line, number, path)) return;
        int space = line.IndexOf((byte)' ');
        if (space <= 0) skipped++;
        // Only a wanted word's line is looked at: of 400,000 lines mostly a few thousand.
        else if (Index(line[..space]) is >= 0 and int index && !found[index]) Keep(line, space, index);
    }

    /// <summary>Finds out how long the vectors are, from the first line that is one; word2vec's header, two whole numbers, is none.</summary>
    private bool Begin(ReadOnlySpan<byte> line, long number, string path)
    {
        int numbers = line.Count((byte)' ');
        int space = line.IndexOf((byte)' ');
        bool isHeader = number == 1 && numbers == 1 && Utf8Parser.TryParse(line[..space], out int _, out int used) && used == space;
        if (isHeader) return false;
        if (numbers > 0 && Parse(line[(space + 1)..], new float[numbers]))
        {
            width = numbers;
            values = new float[checked(vocabulary.Count * width)];
            return true;
        }
        if (++skipped >= 100) throw NotVectors(path);
        return false;
    }

    private void Keep(ReadOnlySpan<byte> line, int space, int index)
    {
        // A word with spaces in it is another word than its beginning.
        if (line.Count((byte)' ') != width || !Parse(line[(space + 1)..], values.AsSpan(index * width, width)))
        {
            values.AsSpan(index * width, width).Clear();
            skipped++;
            return;
        }
        found[index] = true;
    }

    private int Index(ReadOnlySpan<byte> word) => vocabulary.IndexOf(Encoding.UTF8.GetString(word));

    private static bool Parse(ReadOnlySpan<byte> text, Span<float> numbers)
    {
        for (int i = 0; i < numbers.Length; i++)
        {
            if (!Utf8Parser.TryParse(text, out float number, out int used) || !float.IsFinite(number)) return false;
            numbers[i] = number;
            bool last = i == numbers.Length - 1;
            if (last ? used != text.Length : used >= text.Length || text[used] != ' ') return false;
            if (!last) text = text[(used + 1)..];
        }
        return true;
    }

    private WordVectorTable Finish(UnknownVector unknown, long seed)
    {
        int padding = vocabulary.PaddingIndex;
        double[] mean = new double[width], deviation = new double[width];
        int count = found.Count(f => f);
        for (int j = 0; j < width && unknown != UnknownVector.Zero; j++)
        {
            var column = Enumerable.Range(0, found.Length).Where(i => found[i]).Select(i => (double)values[i * width + j]);
            mean[j] = column.Sum() / count;
            deviation[j] = Math.Sqrt(column.Sum(v => (v - mean[j]) * (v - mean[j])) / count);
        }
        for (int i = 0; i < found.Length; i++)
        {
            Span<float> row = values.AsSpan(i * width, width);
            if (i == padding) row.Clear();
            else if (!found[i] && unknown == UnknownVector.Mean)
                for (int j = 0; j < width; j++) row[j] = (float)mean[j];
            else if (!found[i] && unknown == UnknownVector.Random)
            {
                // A stream for each symbol: what one gets does not depend on which others are missing.
                var random = new RandomStream(seed, RandomPurpose.Initialisation, i);
                for (int j = 0; j < width; j++) row[j] = (float)(mean[j] + deviation[j] * random.NextNormal());
            }
        }
        return new WordVectorTable(vocabulary, width, values, Enumerable.Range(0, found.Length).Where(i => !found[i] && !Vocabulary.Specials.Contains(vocabulary.Tokens[i])).Select(i => vocabulary.Tokens[i]), skipped);
    }

    private static ExperimentException NotVectors(string path) =>
        new("NotWordVectors", ErrorKind.InvalidData, $"'{Path.GetFileName(path)}' holds no word vectors: a line is a word and its numbers, separated by spaces, as in GloVe's files. An archive (.zip) must be unpacked first.", path);
}
