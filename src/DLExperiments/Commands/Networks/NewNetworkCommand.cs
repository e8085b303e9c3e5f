using System.Collections;
using System.Management.Automation;
using DLExperiments.Catalogues;
using DLExperiments.Commands.Catalogues;
using DLExperiments.Errors;
using DLExperiments.Networks;
using DLExperiments.Networks.Architectures;

namespace DLExperiments.Commands.Networks;

/// <summary>
/// Starts a network: the shape of one sample, or of each of several inputs, to which Add-Layer adds layers; or makes a whole one that is known by
/// name, as ResNet18.
/// </summary>
/// <remarks>
/// A network is a definition without weights. It never changes: each Add-Layer gives a new one, so that one start can be
/// continued in several ways. Weights come with New-Model or Invoke-Training. Get-Architecture lists the networks that are known by name.
/// </remarks>
[Cmdlet(VerbsCommon.New, "Network", DefaultParameterSetName = "Shape")]
[OutputType(typeof(NetworkDefinition))]
public sealed class NewNetworkCommand : ExperimentCommand, IDynamicParameters
{
    private DynamicCatalogueParameters? settings;

    /// <summary>
    /// The shape of one sample, without the batch dimension: 4 for four columns, 1,28,28 for channels, height, width. An architecture has one of
    /// its own when none is given.
    /// </summary>
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = "Shape")]
    [Parameter(ParameterSetName = "Architecture")]
    [CatalogueValue(typeof(int[]), "InputShape")]
    public int[]? InputShape { get; set; }

    /// <summary>
    /// Several inputs, names and shapes: [ordered]@{ image = 1,28,28; label = 10 }. A hashtable that is not ordered gives them in the order of
    /// their names.
    /// </summary>
    [Parameter(Mandatory = true, ParameterSetName = "Input")]
    [ValidateNotNullOrEmpty]
    public IDictionary? Input { get; set; }

    /// <summary>The name of a known network, as Get-Architecture lists them; its parameters follow by name.</summary>
    [Parameter(Mandatory = true, ParameterSetName = "Architecture")]
    [ArgumentCompleter(typeof(CatalogueCompleter<Architecture>))]
    [ValidateNotNullOrEmpty]
    public string Architecture { get; set; } = "";

    /// <summary>A name for reports; that of the architecture by default.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? Name { get; set; }

    /// <summary>Declares the parameters of the architecture that was typed.</summary>
    public object GetDynamicParameters()
    {
        settings = new DynamicCatalogueParameters(Catalogue<Architecture>.Default, Architecture.Length > 0 ? Architecture : null, firstPosition: null);
        return settings.Dictionary;
    }

    /// <inheritdoc/>
    protected override void Process()
    {
        Shape? shape = InputShape is null ? null : new Shape(InputShape);
        NetworkDefinition made = ParameterSetName switch
        {
            "Architecture" => Catalogue<Architecture>.Default.Create(Architecture, settings?.Values).Build(shape),
            "Input" => NetworkDefinition.Create(ReadInputs(Input!)),
            _ => NetworkDefinition.Create(shape!),
        };
        WriteObject(Name is null ? made : made.WithName(Name));
    }

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
