using System.Management.Automation;
using DLExperiments.Catalogues;
using DLExperiments.Commands.Catalogues;
using DLExperiments.Commands.Data;
using DLExperiments.Data;
using DLExperiments.Losses;
using DLExperiments.Training;
using DLExperiments.Training.Objectives;
using DLExperiments.Training.Optimizers;
using DLExperiments.Training.RateSearch;

namespace DLExperiments.Commands.Training;

/// <summary>Finds a learning rate by a short training whose rate grows from step to step (range test).</summary>
/// <remarks>
/// The result's LearningRate is the middle of the decade of rates over which the loss falls most (Smith 2017); its Points draw the curve.
/// It holds for the optimizer and the batch size that it was found with. The network stays as it is.
/// </remarks>
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
    [DatasetValue]
    public Dataset Dataset { get; set; } = null!;

    /// <summary>How a batch becomes losses: an objective by name, as a hashtable with a Name, or as a script block; chosen as Invoke-Training does when not given.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(CatalogueCompleter<Objective>))]
    public object? Objective { get; set; }

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
    [CatalogueValue(typeof(int), nameof(BatchSize))]
    public int BatchSize { get; set; } = 32;

    /// <summary>The first rate.</summary>
    [Parameter]
    [CatalogueValue(typeof(double), nameof(MinimumRate))]
    public double MinimumRate { get; set; } = 1e-7;

    /// <summary>The last rate.</summary>
    [Parameter]
    [CatalogueValue(typeof(double), nameof(MaximumRate))]
    public double MaximumRate { get; set; } = 10;

    /// <summary>How many steps to make.</summary>
    [Parameter]
    [CatalogueValue(typeof(int), nameof(Steps))]
    public int Steps { get; set; } = 100;

    /// <summary>The seed of initial weights, shuffling and dropout.</summary>
    [Parameter]
    [CatalogueValue(typeof(long), nameof(Seed))]
    public long Seed { get; set; }

    /// <inheritdoc/>
    protected override void Process()
    {
        var options = new TrainingOptions
        {
            Objective = ScriptObjective.From(Objective, null),
            Loss = CatalogueValueAttribute.Unwrap(Loss) is { } loss ? Catalogue<Loss>.Default.From(loss) : null,
            Optimizer = CatalogueValueAttribute.Unwrap(Optimizer) is { } optimizer ? Catalogue<Optimizer>.Default.From(optimizer) : new AdamOptimizer(),
            BatchSize = BatchSize,
            Seed = Seed,
        };
        WriteObject(RateSearch.Run(TrainingRun.Request(this, InputObject, Dataset, null), options, MinimumRate, MaximumRate, Steps, Cancellation));
    }
}
