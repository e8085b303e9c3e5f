using System.Collections;
using System.Reflection;
using DLExperiments.Errors;

namespace DLExperiments.Catalogues;

/// <summary>One entry of a catalogue: its name, its parameters, and how to make one.</summary>
public sealed class CatalogueEntry
{
    private IReadOnlyList<CatalogueParameter>? parameters;

    internal CatalogueEntry(string kind, Type type, CatalogueEntryAttribute attribute)
    {
        Kind = kind;
        Type = type;
        Name = attribute.Name;
        Aliases = attribute.Aliases;
    }

    /// <summary>What the entry is: <c>layer</c>, <c>loss</c>, ...</summary>
    public string Kind { get; }

    /// <summary>The name users type.</summary>
    public string Name { get; }

    /// <summary>Other names that mean the same.</summary>
    public IReadOnlyList<string> Aliases { get; }

    /// <summary>The class that implements it.</summary>
    public Type Type { get; }

    /// <summary>What the class's XML documentation says.</summary>
    public string Description => XmlDocumentation.Of(Type);

    /// <summary>The parameters: positional ones first, then by name.</summary>
    public IReadOnlyList<CatalogueParameter> Parameters => parameters ??= ReadParameters();

    /// <summary>Makes an entry with the given parameters; those not given keep their defaults.</summary>
    /// <param name="values">Parameter names (without regard to case) and values.</param>
    /// <exception cref="ExperimentException">An unknown parameter, a missing mandatory one, or a bad value.</exception>
    public object Create(IDictionary? values = null)
    {
        object made = Activator.CreateInstance(Type)!;
        var missing = Parameters.Where(p => p.IsMandatory).Select(p => p.Name).ToList();
        foreach (DictionaryEntry item in values ?? new Hashtable())
        {
            CatalogueParameter parameter = FindParameter(item.Key.ToString() ?? "");
            parameter.Set(made, item.Value, Name);
            missing.Remove(parameter.Name);
        }
        if (missing.Count > 0)
            throw new ExperimentException("MissingParameter", ErrorKind.InvalidArgument,
                $"{Name} needs {string.Join(", ", missing)}.", Name);
        return made;
    }

    /// <summary>Finds a parameter by its name or an alias, without regard to case.</summary>
    /// <param name="name">The name.</param>
    /// <exception cref="ExperimentException">UnknownParameter: no such parameter; the message names near matches.</exception>
    public CatalogueParameter FindParameter(string name) =>
        Parameters.FirstOrDefault(p => p.IsCalled(name))
        ?? throw new ExperimentException("UnknownParameter", ErrorKind.InvalidArgument,
            Parameters.Count == 0
                ? $"{Name} has no parameter '{name}': it has none at all."
                : $"{Name} has no parameter '{name}'. {NearNames.Suggest(name, Parameters.Select(p => p.Name).ToList())}", name);

    private IReadOnlyList<CatalogueParameter> ReadParameters()
    {
        object sample = Activator.CreateInstance(Type)!;
        return Type.GetProperties(BindingFlags.Public | BindingFlags.Instance)
            .Where(p => p.SetMethod is { IsPublic: true } && p.GetIndexParameters().Length == 0)
            .Select(p => new CatalogueParameter(p, p.GetValue(sample)))
            .OrderBy(p => p.Position ?? int.MaxValue).ThenBy(p => p.Name, StringComparer.Ordinal)
            .ToList();
    }
}
