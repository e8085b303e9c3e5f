using System.Globalization;
using System.Text;
using DLExperiments.Errors;

namespace DLExperiments.Data.Formats;

/// <summary>Reads the names of classes from a text file.</summary>
internal static class ClassMapping
{
    /// <summary>The names, by label.</summary>
    /// <param name="path">Lines of a label and one or more character codes (<c>10 65</c> is class 10, the letter A), or one name a line.</param>
    internal static string[] Read(string path)
    {
        if (!File.Exists(path)) throw new ExperimentException("FileNotFound", ErrorKind.NotFound, $"There is no file '{path}'.", path);
        string[] lines = [.. File.ReadLines(path).Select(l => l.Trim()).Where(l => l.Length > 0)];
        if (lines.Length == 0) throw new ExperimentException("EmptyFile", ErrorKind.InvalidData, $"The file '{path}' names no classes.", path);
        string[][] parts = [.. lines.Select(l => l.Split([' ', '\t'], StringSplitOptions.RemoveEmptyEntries))];
        bool isCodes = Array.TrueForAll(parts, p => p.Length > 1 && Array.TrueForAll(p, t => int.TryParse(t, NumberStyles.None, CultureInfo.InvariantCulture, out int n) && n <= 0x10FFFF));
        if (!isCodes) return lines;
        var names = new string?[parts.Max(p => Number(p[0])) + 1];
        for (int i = 0; i < parts.Length; i++)
        {
            int label = Number(parts[i][0]), code = Number(parts[i][1]);
            if (names[label] is not null || !Rune.IsValid(code))
                throw new ExperimentException("BadMapping", ErrorKind.InvalidData,
                    $"{Path.GetFileName(path)}, line {i + 1}: '{lines[i]}' names label {label} a second time, or {code} is no character.", path);
            names[label] = new Rune(code).ToString();
        }
        return [.. names.Select((n, i) => n ?? i.ToString(CultureInfo.InvariantCulture))];
    }

    private static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);
}
