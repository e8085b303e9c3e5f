namespace DLExperiments.Catalogues;

/// <summary>Puts a class into its catalogue under a name; the class's public settable properties are its parameters.</summary>
[AttributeUsage(AttributeTargets.Class, Inherited = false)]
public sealed class CatalogueEntryAttribute : Attribute
{
    /// <summary>Names the entry.</summary>
    /// <param name="name">The name users type, without regard to case.</param>
    /// <param name="aliases">Other names that mean the same.</param>
    public CatalogueEntryAttribute(string name, params string[] aliases)
    {
        Name = name;
        Aliases = aliases;
    }

    /// <summary>The name users type.</summary>
    public string Name { get; }

    /// <summary>Other names that mean the same.</summary>
    public IReadOnlyList<string> Aliases { get; }
}
