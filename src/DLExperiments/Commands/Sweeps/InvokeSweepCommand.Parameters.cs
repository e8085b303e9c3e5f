using System.Collections;
using System.Management.Automation;
using DLExperiments.Commands.Catalogues;
using DLExperiments.Sweeps;
using DLExperiments.Sweeps.Pruners;
using DLExperiments.Sweeps.Samplers;

namespace DLExperiments.Commands.Sweeps;

public sealed partial class InvokeSweepCommand
{
    /// <summary>What is varied: a hashtable of names and values.</summary>
    [Parameter(Mandatory = true, Position = 0)]
    [AllowEmptyCollection]
    public IDictionary Space { get; set; } = null!;

    /// <summary>A script with a param() block. It gets Seed and Dataset too, when it has parameters of those names. The sweep keeps a copy of it.</summary>
    [Parameter(Mandatory = true, Position = 1, ParameterSetName = "Script")]
    [ValidateNotNullOrEmpty]
    public string Script { get; set; } = null!;

    /// <summary>A script block with a param() block; $using:x is the value of the session's $x.</summary>
    [Parameter(Mandatory = true, ParameterSetName = "ScriptBlock")]
    [Alias("Trial")]
    public ScriptBlock ScriptBlock { get; set; } = null!;

    /// <summary>A network, which can be piped too; several, whose names are then the parameter Network of the space; or a script block that makes one and sees the parameters and $Dataset as variables: { New-Network $Dataset.InputShape | Add-Layer Linear $Units }.</summary>
    [Parameter(ParameterSetName = "Network")]
    [ValidateNotNull]
    public object? Network { get; set; }

    /// <summary>Options of Invoke-Training that are the same in all trials; parameters of the space that are such options are given to it by themselves.</summary>
    [Parameter(ParameterSetName = "Network")]
    public Hashtable Training { get; set; } = [];

    /// <summary>Points to try first: objects or hashtables with a value for each parameter, such as rows of an earlier sweep; or the network, or several, in place of -Network.</summary>
    [Parameter(ValueFromPipeline = true)]
    public PSObject? InputObject { get; set; }

    /// <summary>What chooses the points, by name or as a hashtable with a Name: TPE, GaussianProcess, Halton, Random, Grid. By default Grid when all values are listed and -Trials is not given, else TPE.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(CatalogueCompleter<Sampler>))]
    public object? Sampler { get; set; }

    /// <summary>What gives trials up, by name or as a hashtable with a Name: Median, SuccessiveHalving (ASHA), Hyperband, Patience; nothing by default. Of several metrics it goes by the first.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(CatalogueCompleter<Pruner>))]
    public object? Pruner { get; set; }

    /// <summary>How many settings are tried; 20 by default, all of a Grid.</summary>
    [Parameter]
    [ValidateRange(1, 10_000_000)]
    public int Trials { get; set; }

    /// <summary>The property of the trials' output that counts, BestValidationLoss by default (FinalValidationLoss with -OuterFold); for an output that is a plain number it is Value, or left out when less is better. Of several, the rows' Front is 0 for trials that no other beats.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string[] Metric { get; set; } = [];

    /// <summary>Whether less or more is better, for each metric; by default less for losses, errors and times, else more.</summary>
    [Parameter]
    public SweepGoal[] Goal { get; set; } = [];

    /// <summary>The sweep's folder; without it the sweep is gone when the command has ended.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? Path { get; set; }

    /// <summary>The seed of the points, and of the trainings of the first repeat; the next repeat has the next number.</summary>
    [Parameter]
    public long Seed { get; set; }

    /// <summary>How often each setting is tried, with another seed each time.</summary>
    [Parameter]
    [ValidateRange(1, 100_000)]
    public int Repeat { get; set; } = 1;

    /// <summary>Tries each setting on so many folds of the data (of its Train piece when it has one), each with one part held out for validation.</summary>
    [Parameter]
    [ValidateRange(2, 100_000)]
    public int Fold { get; set; } = 1;

    /// <summary>
    /// Nested cross-validation: each of so many outer folds is held out once, while -Fold folds of the other rows choose a setting, which is then trained on all of those and measured on the
    /// held-out ones. The output is the estimate (mean, standard deviation, 95 % interval) with the setting chosen in each fold; -RefitVariable gets a model chosen and trained on all rows.
    /// </summary>
    [Parameter]
    [ValidateRange(2, 100_000)]
    public int OuterFold { get; set; } = 1;

    /// <summary>Deals each class evenly to the folds.</summary>
    [Parameter]
    public SwitchParameter Stratify { get; set; }

    /// <summary>CPU threads of a training that names none; by default the processors shared by ThrottleLimit, with -Launcher Ssh all of the machine.</summary>
    [Parameter]
    [ValidateRange(1, 100_000)]
    public int? Threads { get; set; }

    /// <summary>How often a trial is begun again whose process vanished; after that it has failed.</summary>
    [Parameter]
    [ValidateRange(0, 1000)]
    public int MaxRetry { get; set; } = 3;

    /// <summary>Trainings keep checkpoints in their trial's folder and go on from them after an interruption.</summary>
    [Parameter]
    public SwitchParameter Checkpoint { get; set; }

    /// <summary>Goes on with the sweep in the folder when there is one, else begins it: a script that is run again and again ends with one sweep.</summary>
    [Parameter]
    public SwitchParameter Resume { get; set; }

    /// <summary>Replaces a sweep that is in the folder.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }
}
