using System.Collections;
using DLExperiments.Errors;

namespace DLExperiments.Commands.Networks;

/// <summary>Reads the data files that Export-Network writes.</summary>
internal static class NetworkDataFile
{
    private static readonly DataFileReader Reader = new(why => new("InvalidNetworkData", ErrorKind.InvalidData, $"This is not the data of a network: {why}."));

    /// <summary>The table in the text of a data file.</summary>
    /// <exception cref="ExperimentException">InvalidNetworkData: it does not parse, is no hashtable, or holds code.</exception>
    internal static IDictionary Read(string text) => Reader.ReadTable(text, "@{ Input = 4; Layers = @( @{ Type = 'Linear'; OutFeatures = 3 } ) }");
}
