namespace DLExperiments.Catalogues;

/// <summary>Marks an abstract class as the head of a catalogue.</summary>
[AttributeUsage(AttributeTargets.Class, Inherited = false)]
public sealed class CatalogueAttribute : Attribute
{
    /// <summary>Names the kind.</summary>
    /// <param name="kind">What the entries are, in the singular, lower case: <c>layer</c>, <c>loss</c>.</param>
    public CatalogueAttribute(string kind) => Kind = kind;

    /// <summary>What the entries are, in the singular, lower case.</summary>
    public string Kind { get; }
}
