using System.Management.Automation;
using System.Reflection;
using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace DLExperiments.HelpBuilder;

/// <summary>Writes the help of cmdlets in MAML, the form that Get-Help reads.</summary>
/// <param name="cmdlets">The cmdlets.</param>
/// <param name="docs">The documentation of their classes.</param>
public sealed partial class MamlWriter(CmdletAssembly cmdlets, XmlDocs docs)
{
    private static readonly XNamespace Maml = "http://schemas.microsoft.com/maml/2004/10";
    private static readonly XNamespace Command = "http://schemas.microsoft.com/maml/dev/command/2004/10";
    private static readonly XNamespace Dev = "http://schemas.microsoft.com/maml/dev/2004/10";

    /// <summary>Writes the help of all cmdlets.</summary>
    /// <param name="pages">Their examples, by name.</param>
    public XDocument Write(IReadOnlyDictionary<string, HelpPage> pages)
    {
        XNamespace root = "http://msh";
        return new XDocument(new XElement(root + "helpItems", new XAttribute("schema", "maml"),
            cmdlets.Names.Select(name => Cmdlet(name, pages.GetValueOrDefault(name, HelpPage.Empty)))));
    }

    private XElement Cmdlet(string name, HelpPage page)
    {
        CmdletInfo info = cmdlets.Info(name);
        Type type = cmdlets.TypeOf(name);
        var parameters = new ParameterHelp(cmdlets, docs, type);
        // The first sentence is the synopsis; the rest of the summary and the remarks describe, or the summary has to serve for both.
        string summary = string.Join(' ', docs.Summary(type));
        string synopsis = FirstSentence().Match(summary).Value;
        List<string> description = [.. new[] { summary[synopsis.Length..].Trim() }.Concat(docs.Remarks(type)).Where(p => p.Length > 0)];
        if (description.Count == 0) description.Add(summary);

        return new XElement(Command + "command",
            new XAttribute(XNamespace.Xmlns + "maml", Maml), new XAttribute(XNamespace.Xmlns + "command", Command), new XAttribute(XNamespace.Xmlns + "dev", Dev),
            new XElement(Command + "details",
                new XElement(Command + "name", name),
                new XElement(Command + "verb", info.Verb),
                new XElement(Command + "noun", info.Noun),
                Description([synopsis])),
            Description(description),
            new XElement(Command + "syntax", info.ParameterSets.Select(set => new XElement(Command + "syntaxItem",
                new XElement(Maml + "name", name),
                parameters.Own(set).Select(p => Parameter(parameters, p, inSyntax: true))))),
            new XElement(Command + "parameters", parameters.All(info).Select(p => Parameter(parameters, p, inSyntax: false))),
            new XElement(Command + "inputTypes", Inputs(parameters, info)),
            new XElement(Command + "returnValues", type.GetCustomAttributes<OutputTypeAttribute>().SelectMany(a => a.Type).Select(t => new XElement(Command + "returnValue",
                TypeName(t.Name), Description(t.Type is null ? [] : docs.Summary(t.Type))))),
            Notes(parameters),
            new XElement(Command + "examples", page.Examples.Select((example, i) => new XElement(Command + "example",
                new XElement(Maml + "title", $"Example {i + 1}: {example.Title}"),
                new XElement(Dev + "code", example.Code),
                new XElement(Dev + "remarks", Paragraphs(example.Remarks))))),
            new XElement(Command + "relatedLinks", page.Related.Select(link => new XElement(Maml + "navigationLink",
                new XElement(Maml + "linkText", link), new XElement(Maml + "uri")))));
    }

    private static XElement Parameter(ParameterHelp help, CommandParameterInfo parameter, bool inSyntax)
    {
        Type type = ParameterHelp.PlainType(parameter.ParameterType);
        bool isSwitch = type == typeof(SwitchParameter);
        Type item = type.GetElementType() ?? type;
        XElement value = new(Command + "parameterValue", new XAttribute("required", !isSwitch), new XAttribute("variableLength", type.IsArray), ParameterHelp.ShortName(type));
        return new XElement(Command + "parameter",
            new XAttribute("required", parameter.IsMandatory),
            new XAttribute("variableLength", type.IsArray),
            new XAttribute("globbing", parameter.Attributes.OfType<SupportsWildcardsAttribute>().Any()),
            new XAttribute("pipelineInput", Pipeline(parameter)),
            new XAttribute("position", parameter.Position < 0 ? "named" : parameter.Position),
            new XAttribute("aliases", parameter.Aliases.Count == 0 ? "none" : string.Join(", ", parameter.Aliases)),
            new XElement(Maml + "name", parameter.Name),
            Description(help.Describe(parameter)),
            inSyntax && item.IsEnum
                ? new XElement(Command + "parameterValueGroup", Enum.GetNames(item).Select(n =>
                    new XElement(Command + "parameterValue", new XAttribute("required", true), new XAttribute("variableLength", false), n)))
                : isSwitch && inSyntax ? null : value,
            TypeName(ParameterHelp.ShortName(type)),
            new XElement(Dev + "defaultValue", help.DefaultOf(parameter)));
    }

    private static string Pipeline(CommandParameterInfo parameter)
    {
        string[] ways = [.. new[] { parameter.ValueFromPipeline ? "ByValue" : "", parameter.ValueFromPipelineByPropertyName ? "ByPropertyName" : "" }.Where(w => w.Length > 0)];
        return ways.Length == 0 ? "False" : $"True ({string.Join(", ", ways)})";
    }

    private static List<XElement> Inputs(ParameterHelp parameters, CmdletInfo info)
    {
        List<XElement> inputs = [..
            from parameter in parameters.All(info)
            where parameter.ValueFromPipeline || parameter.ValueFromPipelineByPropertyName
            group parameter by parameter.ParameterType.FullName into sameType
            select new XElement(Command + "inputType", TypeName(sameType.Key!), Description([
                string.Join(" ", sameType.Select(p => $"-{p.Name} takes it {(p.ValueFromPipeline ? "from the pipeline" : "from a property of that name or alias")}."))]))];
        return inputs.Count > 0 ? inputs : [new XElement(Command + "inputType", TypeName("None"), Description(["It takes nothing from the pipeline."]))];
    }

    private static XElement? Notes(ParameterHelp parameters)
    {
        List<string> notes = parameters.Settings();
        return notes.Count == 0 ? null : new XElement(Maml + "alertSet", new XElement(Maml + "alert", Paragraphs(notes)));
    }

    private static XElement TypeName(string name) => new(Dev + "type", new XElement(Maml + "name", name), new XElement(Maml + "uri"));

    private static XElement Description(IEnumerable<string> paragraphs) => new(Maml + "description", Paragraphs(paragraphs));

    private static IEnumerable<XElement> Paragraphs(IEnumerable<string> paragraphs) => paragraphs.Select(p => new XElement(Maml + "para", p));

    [GeneratedRegex(@"^.*?\.(?=\s+\p{Lu}|\s*$)|^.*$", RegexOptions.Singleline)]
    private static partial Regex FirstSentence();
}
