using System.Collections;
using System.Collections.ObjectModel;
using System.Management.Automation;
using DLExperiments.Catalogues;
using DLExperiments.Errors;

namespace DLExperiments.Commands.Catalogues;

/// <summary>
/// The parameters of a catalogue entry as dynamic parameters of a cmdlet: names, types, positions, mandatory flags and help
/// come from the entry's class. Return <see cref="Dictionary"/> from <c>GetDynamicParameters</c>, take <see cref="Values"/> when processing.
/// </summary>
public sealed class DynamicCatalogueParameters
{
    private readonly CatalogueEntry? entry;

    /// <summary>Declares the parameters of an entry.</summary>
    /// <param name="catalogue">The catalogue, for example <c>Catalogue&lt;Layer&gt;.Default</c>.</param>
    /// <param name="name">The entry's name as typed, or null when none was (yet).</param>
    /// <param name="firstPosition">The position of the entry's parameter 0; null when they can only be named.</param>
    /// <param name="except">Names that the cmdlet declares itself.</param>
    public DynamicCatalogueParameters(ICatalogue catalogue, string? name, int? firstPosition, params string[] except)
    {
        try
        {
            entry = name is null ? null : catalogue.Find(name);
        }
        catch (ExperimentException)
        {
            // An exception here would lose its id, and leftover arguments would fail first with a message that helps nobody:
            // swallow them, and let the cmdlet's own look-up report the unknown name.
            Dictionary.Add("Arguments", new RuntimeDefinedParameter("Arguments", typeof(object[]),
                [new ParameterAttribute { ValueFromRemainingArguments = true, DontShow = true }]));
        }
        foreach (CatalogueParameter parameter in entry?.Parameters ?? [])
            if (!except.Contains(parameter.Name, StringComparer.OrdinalIgnoreCase))
                Dictionary.Add(parameter.Name, Declare(entry!, parameter, firstPosition));
    }

    /// <summary>What <c>GetDynamicParameters</c> returns.</summary>
    public RuntimeDefinedParameterDictionary Dictionary { get; } = [];

    /// <summary>The parameters that were given, by name.</summary>
    public IDictionary Values
    {
        get
        {
            var values = new Hashtable(StringComparer.OrdinalIgnoreCase);
            foreach (RuntimeDefinedParameter parameter in Dictionary.Values)
                if (parameter.IsSet) values[parameter.Name] = CatalogueValueAttribute.Unwrap(parameter.Value);
            return values;
        }
    }

    private static RuntimeDefinedParameter Declare(CatalogueEntry entry, CatalogueParameter parameter, int? firstPosition)
    {
        // A setting that is off by default is a switch (-Nesterov); one that is on by default is turned off (-Bias:$false).
        bool isSwitch = parameter.Type == typeof(bool) && parameter.DefaultValue is false;
        var declaration = new ParameterAttribute { Mandatory = parameter.IsMandatory };
        if (parameter.Description.Length > 0) declaration.HelpMessage = parameter.Description;
        if (firstPosition + parameter.Position is { } position) declaration.Position = position;
        var attributes = new Collection<Attribute> { declaration };
        if (parameter.Aliases.Count > 0) attributes.Add(new AliasAttribute([.. parameter.Aliases]));
        if (!isSwitch) attributes.Add(new CatalogueValueAttribute(parameter.Type, $"{entry.Name}: {parameter.Name}"));
        if (CatalogueIndex.HeadOf(parameter.Type) is not null)
            attributes.Add(new ArgumentCompleterAttribute(typeof(CatalogueCompleter<>).MakeGenericType(parameter.Type)));
        return new RuntimeDefinedParameter(parameter.Name, isSwitch ? typeof(SwitchParameter) : parameter.Type, attributes);
    }
}
