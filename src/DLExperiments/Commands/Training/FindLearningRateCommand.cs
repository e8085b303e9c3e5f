using System.Management.Automation;
using DLExperiments.Catalogues;
using DLExperiments.Commands.Catalogues;
using DLExperiments.Data;
using DLExperiments.Losses;
using DLExperiments.Training;
using DLExperiments.Training.Optimizers;
using DLExperiments.Training.RateSearch;

namespace DLExperiments.Commands.Training;

/// <summary>
/// <para type="synopsis">Finds a learning rate by a short training whose rate grows from step to step (range test).</para>
/// <para type="description">The result's LearningRate is the middle of the decade over which the loss falls most; it is the parameter's name of Invoke-Training, and Points draw the
/// curve. The network stays as it is.</para>
/// </summary>
/// <example>
/// <code>$net | Find-LearningRate $data</code>
/// <para>Finds a rate for Adam with batches of 32.</para>
/// </example>
/// <example>
/// <code>$found = $net | Find-LearningRate $data -Optimizer SGD -BatchSize 64; $net | Invoke-Training $data -Optimizer SGD -BatchSize 64 -LearningRate $found.LearningRate</code>
/// <para>Trains with the rate that was found, with the same optimizer and batches.</para>
/// </example>
[Cmdlet(VerbsCommon.Find, "LearningRate")]
[OutputType(typeof(RateSearchResult))]
public sealed class FindLearningRateCommand : ExperimentCommand
{
    /// <summary>A network, or a model or training result to go on from.</summary>
    [Parameter(Mandatory = true, ValueFromPipeline = true)]
    [Alias("Network", "Model")]
    public object InputObject { get; set; } = null!;

    /// <summary>The data; its Train piece is trained on when it has one.</summary>
    [Parameter(Mandatory = true, Position = 0)]
    public Dataset Dataset { get; set; } = null!;

    /// <summary>The loss, by name or as a hashtable with a Name; chosen by the target when not given.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(CatalogueCompleter<Loss>))]
    public object? Loss { get; set; }

    /// <summary>The optimizer, by name or as a hashtable with a Name; Adam by default.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(CatalogueCompleter<Optimizer>))]
    public object Optimizer { get; set; } = "Adam";

    /// <summary>Rows in a batch: 1 for single rows, 0 for all rows at once.</summary>
    [Parameter]
    public int BatchSize { get; set; } = 32;

    /// <summary>The first rate.</summary>
    [Parameter]
    public double MinimumRate { get; set; } = 1e-7;

    /// <summary>The last rate.</summary>
    [Parameter]
    public double MaximumRate { get; set; } = 10;

    /// <summary>How many steps to make.</summary>
    [Parameter]
    public int Steps { get; set; } = 100;

    /// <summary>The seed of initial weights, shuffling and dropout.</summary>
    [Parameter]
    public long Seed { get; set; }

    /// <inheritdoc/>
    protected override void Process()
    {
        var options = new TrainingOptions
        {
            Loss = CatalogueValueAttribute.Unwrap(Loss) is { } loss ? Catalogue<Loss>.Default.From(loss) : null,
            Optimizer = Catalogue<Optimizer>.Default.From(CatalogueValueAttribute.Unwrap(Optimizer)!),
            BatchSize = BatchSize,
            Seed = Seed,
        };
        WriteObject(RateSearch.Run(TrainingRun.Request(this, InputObject, Dataset, null), options, MinimumRate, MaximumRate, Steps, Cancellation));
    }
}
