using System.Collections;
using System.Management.Automation;
using DLExperiments.Catalogues;
using DLExperiments.Commands.Catalogues;
using DLExperiments.Errors;
using DLExperiments.Networks;

namespace DLExperiments.Commands.Networks;

/// <summary>Starts a network: the shape of one sample, or of each of several inputs, to which Add-Layer adds layers.</summary>
/// <remarks>
/// A network is a definition without weights. It never changes: each Add-Layer gives a new one, so that one start can be
/// continued in several ways. Weights come with New-Model or Invoke-Training.
/// </remarks>
[Cmdlet(VerbsCommon.New, "Network", DefaultParameterSetName = "Shape")]
[OutputType(typeof(NetworkDefinition))]
public sealed class NewNetworkCommand : ExperimentCommand
{
    /// <summary>The shape of one sample, without the batch dimension: 4 for four columns, 1,28,28 for channels, height, width.</summary>
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = "Shape")]
    [CatalogueValue(typeof(int[]), "InputShape")]
    public int[] InputShape { get; set; } = [];

    /// <summary>
    /// Several inputs, names and shapes: [ordered]@{ image = 1,28,28; label = 10 }. A hashtable that is not ordered gives them in the order of
    /// their names.
    /// </summary>
    [Parameter(Mandatory = true, ParameterSetName = "Input")]
    [ValidateNotNullOrEmpty]
    public IDictionary? Input { get; set; }

    /// <summary>A name for reports.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? Name { get; set; }

    /// <inheritdoc/>
    protected override void Process() =>
        WriteObject(Input is null ? NetworkDefinition.Create(new Shape(InputShape), Name) : NetworkDefinition.Create(ReadInputs(Input), Name));

    private static IEnumerable<NetworkInput> ReadInputs(IDictionary inputs)
    {
        IEnumerable<DictionaryEntry> entries = inputs.Cast<DictionaryEntry>();
        if (inputs is Hashtable) entries = entries.OrderBy(e => e.Key.ToString(), StringComparer.Ordinal);
        foreach (DictionaryEntry entry in entries)
        {
            string name = entry.Key.ToString() is { Length: > 0 } given ? given
                : throw new ExperimentException("MissingInput", ErrorKind.InvalidArgument, "An input has no name; write @{ image = 1,28,28; label = 10 }.");
            object? sizes = CatalogueValueAttribute.Unwrap(entry.Value);
            yield return new NetworkInput(name, sizes as Shape ?? new Shape((int[])(ValueConverter.Convert(sizes, typeof(int[]), $"Input '{name}'")
                ?? throw new ExperimentException("MissingInput", ErrorKind.InvalidArgument, $"The input '{name}' has no shape.", name))));
        }
    }
}
