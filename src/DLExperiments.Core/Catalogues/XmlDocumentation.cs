using System.Collections.Concurrent;
using System.Reflection;
using System.Text;
using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace DLExperiments.Catalogues;

/// <summary>
/// Reads the summaries that the compiler wrote beside an assembly, so that help has one source: the XML docs. The file is a megabyte and a
/// command asks for a few members of it, so it is only searched for where each member begins; what is asked for is parsed.
/// </summary>
public static partial class XmlDocumentation
{
    private const string Start = "<member name=\"", End = "</member>";

    private static readonly ConcurrentDictionary<Assembly, Members> Cache = new();

    /// <summary>The summary of a type, as plain text; empty when the documentation file is not beside its assembly.</summary>
    /// <param name="type">The type.</param>
    public static string Of(Type type) => Look(type.Assembly, $"T:{type.FullName}");

    /// <summary>The summary of a property, as plain text; empty when the documentation file is not beside its assembly.</summary>
    /// <param name="property">The property.</param>
    public static string Of(PropertyInfo property) =>
        Look(property.DeclaringType!.Assembly, $"P:{property.DeclaringType.FullName}.{property.Name}");

    private static string Look(Assembly assembly, string member) => Cache.GetOrAdd(assembly, Read).Summary(member);

    private static Members Read(Assembly assembly)
    {
        string path = assembly.Location.Length == 0 ? "" : Path.ChangeExtension(assembly.Location, ".xml");
        return new Members(File.Exists(path) ? File.ReadAllBytes(path) : []);
    }

    private static string Plain(XElement summary)
    {
        foreach (XElement reference in summary.Descendants().Where(e => e.Name.LocalName is "see" or "paramref" or "typeparamref").ToList())
        {
            string name = (reference.Attribute("cref") ?? reference.Attribute("langword") ?? reference.Attribute("name"))?.Value ?? "";
            reference.ReplaceWith(name[(name.LastIndexOfAny(['.', ':']) + 1)..]);
        }
        return Space().Replace(summary.Value, " ").Trim();
    }

    [GeneratedRegex(@"\s+")]
    private static partial Regex Space();

    /// <summary>The members of a documentation file: where they begin, and the summaries that were asked for.</summary>
    private sealed class Members
    {
        private readonly byte[] file;
        private readonly Dictionary<string, int> starts = new(StringComparer.Ordinal);
        private readonly ConcurrentDictionary<string, string> summaries = new(StringComparer.Ordinal);

        internal Members(byte[] file)
        {
            this.file = file;
            ReadOnlySpan<byte> start = Encoding.UTF8.GetBytes(Start);
            for (int at = 0; file.AsSpan(at).IndexOf(start) is >= 0 and int next;)
            {
                int name = at + next + start.Length;
                int length = file.AsSpan(name).IndexOf((byte)'"');
                if (length < 0) return;
                // Only what can be asked for: fields and methods are the greater part.
                if (file[name] is (byte)'T' or (byte)'P') starts[Encoding.UTF8.GetString(file, name, length)] = at + next;
                at = name + length;
            }
        }

        internal string Summary(string member) => starts.TryGetValue(member, out int start)
            ? summaries.GetOrAdd(member, static (_, x) => x.Self.Parse(x.start), (Self: this, start)) : "";

        private string Parse(int start)
        {
            // Members do not hold members: the next end is this one's.
            int length = file.AsSpan(start).IndexOf(Encoding.UTF8.GetBytes(End));
            if (length < 0) return "";
            XElement element = XElement.Parse(Encoding.UTF8.GetString(file, start, length + End.Length), LoadOptions.None);
            return element.Element("summary") is { } summary ? Plain(summary) : "";
        }
    }
}
