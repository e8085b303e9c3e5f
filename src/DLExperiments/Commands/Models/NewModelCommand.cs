using System.Collections;
using System.Management.Automation;
using DLExperiments.Commands.Catalogues;
using DLExperiments.Commands.Data;
using DLExperiments.Data;
using DLExperiments.Models;
using DLExperiments.Networks;
using DLExperiments.Networks.Initialisers;

namespace DLExperiments.Commands.Models;

/// <summary>Makes an untrained model: a network with its first weights, or with weights that are given.</summary>
/// <remarks>
/// Invoke-Training makes the weights of a new network itself; this cmdlet is for looking at them first, for choosing them by
/// hand, and for networks that are not trained at all.
/// </remarks>
[Cmdlet(VerbsCommon.New, "Model")]
[OutputType(typeof(Model))]
public sealed class NewModelCommand : ExperimentCommand
{
    /// <summary>The network.</summary>
    [Parameter(Mandatory = true, ValueFromPipeline = true)]
    public NetworkDefinition Network { get; set; } = null!;

    /// <summary>The same network and seed give the same weights on every machine.</summary>
    [Parameter]
    public long Seed { get; set; }

    /// <summary>How weights (not biases) start, in place of each layer's own default: a name, or a hashtable with a Name.</summary>
    [Parameter]
    [Alias("Initializer")]
    [CatalogueValue(typeof(Initialiser), "Initialiser")]
    [ArgumentCompleter(typeof(CatalogueCompleter<Initialiser>))]
    public Initialiser? Initialiser { get; set; }

    /// <summary>Weights to set, by full name: <c>@{ 'linear_1.weight' = (0.5, 0.25), (1, 2) }</c>; nested or flat lists.</summary>
    [Parameter]
    public IDictionary? Weight { get; set; }

    /// <summary>A data set (of a split one the Train piece) that gives the model its columns, fitted steps and class names.</summary>
    [Parameter]
    [DatasetValue]
    public Dataset? Dataset { get; set; }

    /// <summary>Names of the classes, in the order of the outputs; by default those of the data set.</summary>
    [Parameter]
    public string[]? ClassName { get; set; }

    /// <inheritdoc/>
    protected override void Process()
    {
        var weights = WeightSet.Initialise(Network, Seed, Initialiser);
        foreach (DictionaryEntry item in Weight ?? new Hashtable())
            weights[item.Key.ToString()!].Assign(CatalogueValueAttribute.Unwrap(item.Value));
        Dataset? train = Dataset?.Train ?? Dataset;
        WriteObject(new Model(Network, weights, train is null ? null : Preprocessing.Fit(train), ClassName ?? train?.ClassNames));
    }
}
