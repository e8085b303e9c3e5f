using System.Management.Automation;
using DLExperiments.Data;
using DLExperiments.Data.Splitting;

namespace DLExperiments.Commands.Data;

/// <summary>Splits a data set into pieces to train, validate and test; gives the data set back with its pieces.</summary>
/// <remarks>
/// The pieces are the properties Train, Validation and Test, each a data set that shares the rows of the whole. Invoke-Training
/// trains on Train and measures Validation after every epoch; Measure-Model takes Test. Of two pieces the second serves as both
/// Validation and Test. Rows are shuffled first, unless -Sequential is given.
/// </remarks>
[Cmdlet(VerbsCommon.Split, "Dataset", DefaultParameterSetName = "Ratio")]
[OutputType(typeof(Dataset))]
public sealed class SplitDatasetCommand : ExperimentCommand
{
    /// <summary>The data set.</summary>
    [Parameter(Mandatory = true, ValueFromPipeline = true)]
    public Dataset? Dataset { get; set; }

    /// <summary>The share of each piece, two or three: .8, .2 gives Train and one piece that is both Validation and Test; one share leaves it the rest.</summary>
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = "Ratio")]
    public double[] Ratio { get; set; } = [];

    /// <summary>The rows of each piece instead.</summary>
    [Parameter(Mandatory = true, ParameterSetName = "Count")]
    public int[] Count { get; set; } = [];

    /// <summary>Gives each class its share of every piece, to within one row.</summary>
    [Parameter]
    public SwitchParameter Stratify { get; set; }

    /// <summary>Takes the rows as they come instead of shuffling them.</summary>
    [Parameter]
    public SwitchParameter Sequential { get; set; }

    /// <summary>Seed of the shuffle, 0 by default: the same seed always gives the same pieces.</summary>
    [Parameter]
    public long Seed { get; set; }

    /// <inheritdoc/>
    protected override void Process() => WriteObject(
        new HoldOut { Ratio = Ratio, Count = Count, Stratify = Stratify, Sequential = Sequential, Seed = Seed }.Split(Dataset!, WriteWarning));
}
