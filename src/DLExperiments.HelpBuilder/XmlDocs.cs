using System.Reflection;
using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace DLExperiments.HelpBuilder;

/// <summary>The XML documentation of the assemblies, as paragraphs of plain text.</summary>
public sealed partial class XmlDocs
{
    private readonly Dictionary<string, XElement> members = [];

    /// <summary>Reads documentation files.</summary>
    /// <param name="files">The files that the compiler wrote.</param>
    public XmlDocs(IEnumerable<string> files)
    {
        foreach (XElement member in files.SelectMany(f => XDocument.Load(f).Descendants("member")))
            members[member.Attribute("name")!.Value] = member;
    }

    /// <summary>The summary of a type.</summary>
    /// <param name="type">The type.</param>
    public IReadOnlyList<string> Summary(Type type) => Section("T:" + type.FullName, "summary");

    /// <summary>The remarks of a type.</summary>
    /// <param name="type">The type.</param>
    public IReadOnlyList<string> Remarks(Type type) => Section("T:" + type.FullName, "remarks");

    /// <summary>The summary of a property.</summary>
    /// <param name="property">The property; a base class may declare it.</param>
    public IReadOnlyList<string> Summary(PropertyInfo property) => Section($"P:{property.DeclaringType!.FullName}.{property.Name}", "summary");

    /// <summary>The summary of an enumeration's value, in one line.</summary>
    /// <param name="type">The enumeration.</param>
    /// <param name="value">The value's name.</param>
    public string Summary(Type type, string value) => string.Join(' ', Section($"F:{type.FullName}.{value}", "summary"));

    private List<string> Section(string member, string section)
    {
        var paragraphs = new List<string>();
        if (members.TryGetValue(member, out XElement? found) && found.Element(section) is { } element) AddParagraphs(element, paragraphs);
        return paragraphs;
    }

    private static void AddParagraphs(XElement element, List<string> paragraphs)
    {
        var inline = new List<string>();
        void Flush()
        {
            string text = Space().Replace(string.Concat(inline), " ").Trim();
            if (text.Length > 0) paragraphs.Add(text);
            inline.Clear();
        }

        foreach (XNode node in element.Nodes())
        {
            switch (node)
            {
                case XElement { Name.LocalName: "para" or "list" } block:
                    Flush();
                    AddParagraphs(block, paragraphs);
                    break;
                case XElement { Name.LocalName: "item" } item:
                    Flush();
                    paragraphs.Add("- " + Space().Replace(Inline(item), " ").Trim());
                    break;
                default:
                    inline.Add(Inline(node));
                    break;
            }
        }
        Flush();
    }

    private static string Inline(XNode node) => node switch
    {
        XText text => text.Value,
        XElement { Name.LocalName: "see" or "paramref" or "typeparamref" } reference when reference.IsEmpty => ShortName(reference),
        XElement element => string.Concat(element.Nodes().Select(Inline)),
        _ => "",
    };

    private static string ShortName(XElement reference)
    {
        string name = (reference.Attribute("cref") ?? reference.Attribute("langword") ?? reference.Attribute("name"))?.Value ?? "";
        int arguments = name.IndexOf('(', StringComparison.Ordinal);
        if (arguments >= 0) name = name[..arguments];
        return name[(name.LastIndexOfAny(['.', ':']) + 1)..];
    }

    [GeneratedRegex(@"\s+")]
    private static partial Regex Space();
}
