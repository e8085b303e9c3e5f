using System.Collections.Concurrent;
using System.Reflection;
using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace DLExperiments.Catalogues;

/// <summary>Reads the summaries that the compiler wrote beside an assembly, so that help has one source: the XML docs.</summary>
public static partial class XmlDocumentation
{
    private static readonly ConcurrentDictionary<Assembly, IReadOnlyDictionary<string, string>> Cache = new();

    /// <summary>The summary of a type, as plain text; empty when the documentation file is not beside its assembly.</summary>
    /// <param name="type">The type.</param>
    public static string Of(Type type) => Look(type.Assembly, $"T:{type.FullName}");

    /// <summary>The summary of a property, as plain text; empty when the documentation file is not beside its assembly.</summary>
    /// <param name="property">The property.</param>
    public static string Of(PropertyInfo property) =>
        Look(property.DeclaringType!.Assembly, $"P:{property.DeclaringType.FullName}.{property.Name}");

    private static string Look(Assembly assembly, string member) =>
        Cache.GetOrAdd(assembly, Read).TryGetValue(member, out string? text) ? text : "";

    private static IReadOnlyDictionary<string, string> Read(Assembly assembly)
    {
        string path = assembly.Location.Length == 0 ? "" : Path.ChangeExtension(assembly.Location, ".xml");
        if (!File.Exists(path)) return new Dictionary<string, string>();
        return XDocument.Load(path).Descendants("member")
            .Where(m => m.Element("summary") is not null)
            .ToDictionary(m => m.Attribute("name")!.Value, m => Plain(m.Element("summary")!));
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
}
