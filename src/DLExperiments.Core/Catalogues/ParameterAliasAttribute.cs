namespace DLExperiments.Catalogues;

/// <summary>Other names of a parameter, for scripts; files and lists have its own name.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class ParameterAliasAttribute : Attribute
{
    /// <summary>Sets the names.</summary>
    /// <param name="names">Names that mean the same, without regard to case.</param>
    public ParameterAliasAttribute(params string[] names) => Names = names;

    /// <summary>Names that mean the same.</summary>
    public IReadOnlyList<string> Names { get; }
}
