using DLExperiments.Catalogues;

namespace DLExperiments.Networks.Architectures;

/// <summary>What Get-Architecture tells about an architecture.</summary>
/// <param name="Name">The name that <c>New-Network -Architecture</c> takes.</param>
/// <param name="Aliases">Other names that mean the same.</param>
/// <param name="Description">What it is.</param>
/// <param name="InputShape">The shape of one sample that it was published with.</param>
/// <param name="ParameterCount">How many trained numbers it has with that shape and the default parameters.</param>
/// <param name="MultiplyAdds">Multiply-accumulate operations for one sample, likewise.</param>
/// <param name="Parameters">Its parameters.</param>
public sealed record ArchitectureInfo(string Name, IReadOnlyList<string> Aliases, string Description, Shape InputShape, long ParameterCount, long MultiplyAdds,
    IReadOnlyList<CatalogueParameter> Parameters)
{
    /// <summary>Looks at an entry of the catalogue; builds the network once, without weights.</summary>
    /// <param name="entry">The entry.</param>
    public static ArchitectureInfo Of(CatalogueEntry entry)
    {
        var architecture = (Architecture)entry.Create();
        NetworkDefinition network = architecture.Build();
        return new ArchitectureInfo(entry.Name, entry.Aliases, entry.Description, architecture.DefaultInputShape, network.ParameterCount, network.MultiplyAdds, entry.Parameters);
    }
}
