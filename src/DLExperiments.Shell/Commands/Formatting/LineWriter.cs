using System.Globalization;
using System.Text;

namespace DLExperiments.Shell.Commands.Formatting;

/// <summary>A writer that hands over whole lines, as the formatter writes them, and bare text for -NoNewline.</summary>
internal sealed class LineWriter(Action<string> line, Action<string> text) : TextWriter(CultureInfo.CurrentCulture)
{
    public override Encoding Encoding => Encoding.Unicode;

    public override void WriteLine(string? value) => line(value ?? "");

    public override void Write(string? value) => text(value ?? "");

    public override void Write(char value) => text(value.ToString());
}
