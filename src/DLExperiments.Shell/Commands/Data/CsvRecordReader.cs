using System.Text;

namespace DLExperiments.Shell.Commands.Data;

/// <summary>
/// Reads the fields of one CSV record after another, by PowerShell's rules: quotes only at the start of a field, "" for a
/// quote, line ends inside quotes kept as they are, blanks before a field dropped.
/// </summary>
internal sealed class CsvRecordReader(TextReader reader, char delimiter)
{
    private readonly StringBuilder field = new();

    internal bool AtEnd => reader.Peek() < 0;

    internal int Peek() => reader.Peek();

    internal string ReadLine() => reader.ReadLine() ?? "";

    /// <summary>Fills <paramref name="fields"/> with the next record; none at the end of the text, one empty field for a blank line.</summary>
    internal void Read(List<string> fields)
    {
        fields.Clear();
        field.Clear();
        var quoted = false;
        var pending = false;
        while (reader.Read() is var code and >= 0)
        {
            var letter = (char)code;
            pending = true;
            if (quoted)
            {
                if (letter != '"')
                    field.Append(letter);
                else if (reader.Peek() == '"')
                    field.Append((char)reader.Read());
                else if (FinishField(fields, afterQuote: true))
                    return;
                else
                    quoted = false;
            }
            else if (letter == delimiter)
            {
                TakeField(fields);
            }
            else if (letter == '"' && field.Length == 0)
            {
                quoted = true;
            }
            else if (IsLineEnd(letter))
            {
                TakeField(fields);
                return;
            }
            else if (letter is not (' ' or '\t'))
            {
                field.Append(letter);
                if (FinishField(fields, afterQuote: false))
                    return;
            }
        }
        if (pending)
            TakeField(fields);
    }

    private void TakeField(List<string> fields)
    {
        fields.Add(field.ToString());
        field.Clear();
    }

    /// <summary>Reads up to the delimiter, line end or end of text; true where the record ends with it.</summary>
    private bool FinishField(List<string> fields, bool afterQuote)
    {
        var start = field.Length;
        var ended = true;
        while (reader.Read() is var code and >= 0)
        {
            var letter = (char)code;
            if (letter == delimiter)
            {
                ended = false;
                break;
            }
            if (IsLineEnd(letter))
                break;
            field.Append(letter);
        }
        if (afterQuote && IsBlank(start))
            field.Length = start;
        TakeField(fields);
        // A delimiter at the very end of the text still opens a last, empty field.
        if (!ended && AtEnd)
        {
            fields.Add("");
            return true;
        }
        return ended;
    }

    private bool IsBlank(int start)
    {
        for (var i = start; i < field.Length; i++)
            if (!char.IsWhiteSpace(field[i]))
                return false;
        return true;
    }

    private bool IsLineEnd(char letter)
    {
        if (letter == '\r' && reader.Peek() == '\n')
            reader.Read();
        return letter is '\r' or '\n';
    }
}
