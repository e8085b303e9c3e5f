using System.Management.Automation;
using DLExperiments.Catalogues;

namespace DLExperiments.Commands.Catalogues;

/// <summary>The settings of several catalogue entries as dynamic parameters of one cmdlet; where two share a name, the first has it.</summary>
/// <param name="cmdlet">The cmdlet, whose own parameters come before all.</param>
internal sealed class DynamicCatalogueSet(Type cmdlet)
{
    private readonly List<string> taken = [.. cmdlet.GetProperties().Select(p => p.Name)];

    /// <summary>What <c>GetDynamicParameters</c> returns.</summary>
    internal RuntimeDefinedParameterDictionary Dictionary { get; } = [];

    /// <summary>Adds the settings of an entry that was given by name.</summary>
    /// <param name="catalogue">Its catalogue.</param>
    /// <param name="value">What was given; a hashtable or an object has its settings in itself.</param>
    internal DynamicCatalogueParameters Add(ICatalogue catalogue, object? value)
    {
        var settings = new DynamicCatalogueParameters(catalogue, CatalogueValueAttribute.Unwrap(value) as string, null, [.. taken]);
        foreach ((string name, RuntimeDefinedParameter parameter) in settings.Dictionary)
        {
            Dictionary.TryAdd(name, parameter);
            taken.Add(name);
        }
        return settings;
    }
}
