using System.Management.Automation;
using DLExperiments.Catalogues;
using DLExperiments.Commands.Catalogues;
using DLExperiments.Commands.Devices;
using DLExperiments.Data;
using DLExperiments.Errors;
using DLExperiments.Models;
using DLExperiments.Networks;
using DLExperiments.Networks.Initialisers;
using DLExperiments.Training;
using DLExperiments.Losses;
using DLExperiments.Training.Optimizers;

namespace DLExperiments.Commands.Training;

/// <summary>Trains a network, or goes on training a model.</summary>
/// <remarks>
/// <para>Settings of the optimizer and of the loss are parameters too: -Optimizer SGD -Momentum 0.9 -Loss Huber -Delta 0.5.
/// Get-OptimizerType and Get-LossType list them.</para>
/// <para>The result holds the model, the history of all epochs and the run in plain numbers. Losses are means over rows; validation
/// runs in evaluation mode. Ctrl+C stops after the current batch; the learning curve has every completed epoch, and
/// -ResultVariable gets the result so far.</para>
/// </remarks>
[Cmdlet(VerbsLifecycle.Invoke, "Training")]
[OutputType(typeof(TrainingResult), typeof(EpochResult))]
public sealed class InvokeTrainingCommand : ExperimentCommand, IDynamicParameters
{
    private DynamicCatalogueParameters? optimizerSettings, lossSettings;

    /// <summary>A network to train from new weights, or a model or training result to go on from.</summary>
    [Parameter(Mandatory = true, ValueFromPipeline = true)]
    [Alias("Network", "Model")]
    public object InputObject { get; set; } = null!;

    /// <summary>The data: a data set with pieces (its Train piece is trained on, its Validation piece measured after every epoch) or one piece.</summary>
    [Parameter(Mandatory = true, Position = 0)]
    public Dataset Dataset { get; set; } = null!;

    /// <summary>Validation data in place of the data set's own piece.</summary>
    [Parameter]
    public Dataset? ValidationDataset { get; set; }

    /// <summary>The loss, by name or as a hashtable with a Name; when not given the model's own, or for a new network one that fits the target.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(CatalogueCompleter<Loss>))]
    public object? Loss { get; set; }

    /// <summary>The optimizer, by name or as a hashtable with a Name; Adam by default.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(CatalogueCompleter<Optimizer>))]
    public object Optimizer { get; set; } = "Adam";

    /// <summary>The learning rate; the optimizer's own by default (Adam 0.001, SGD 0.001, Adagrad and RMSprop 0.01, Adadelta 1).</summary>
    [Parameter]
    public double? LearningRate { get; set; }

    /// <summary>How often every training row is seen.</summary>
    [Parameter]
    public int Epochs { get; set; } = 10;

    /// <summary>Rows in a batch: 1 for single rows, 0 for all rows at once.</summary>
    [Parameter]
    public int BatchSize { get; set; } = 32;

    /// <summary>The seed of initial weights, shuffling and dropout: the same seed and thread count give the same bits.</summary>
    [Parameter]
    public long Seed { get; set; }

    /// <summary>Fills new weights, by name or as a hashtable with a Name; each layer's own default when not given.</summary>
    [Parameter]
    [Alias("Initializer")]
    [ArgumentCompleter(typeof(CatalogueCompleter<Initialiser>))]
    public object? Initialiser { get; set; }

    /// <summary>The device: cpu, cuda or cuda:1.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(ComputeDeviceCompleter))]
    [ValidateNotNullOrEmpty]
    public string Device { get; set; } = "cpu";

    /// <summary>What computes: Fused (own vector code, for chains of dense layers) or Torch (every network); Auto chooses, and -Verbose says why.</summary>
    [Parameter]
    public EngineChoice Engine { get; set; }

    /// <summary>CPU threads that one operation may use; by default one for small networks, else as many as libtorch chooses.</summary>
    [Parameter]
    public int? Threads { get; set; }

    /// <summary>Keeps the rows in their order instead of shuffling them in every epoch.</summary>
    [Parameter]
    public SwitchParameter NoShuffle { get; set; }

    /// <summary>A CSV file that gets a row after every epoch.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? LearningCurve { get; set; }

    /// <summary>Replaces an existing learning curve.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <summary>Writes an EpochResult after every epoch instead of one TrainingResult at the end; -ResultVariable has that.</summary>
    [Parameter]
    public SwitchParameter StreamEpoch { get; set; }

    /// <summary>The name of a variable that gets the TrainingResult, also when Ctrl+C ends the training early.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? ResultVariable { get; set; }

    /// <summary>The settings of the chosen optimizer and loss.</summary>
    public object GetDynamicParameters()
    {
        string[] own = [.. GetType().GetProperties().Select(p => p.Name)];
        optimizerSettings = new(Catalogue<Optimizer>.Default, CatalogueValueAttribute.Unwrap(Optimizer) as string, null, own);
        lossSettings = new(Catalogue<Loss>.Default, CatalogueValueAttribute.Unwrap(Loss) as string, null, [.. own, .. optimizerSettings.Dictionary.Keys]);
        var both = new RuntimeDefinedParameterDictionary();
        foreach ((string name, RuntimeDefinedParameter parameter) in optimizerSettings.Dictionary.Concat(lossSettings.Dictionary)) both.TryAdd(name, parameter);
        return both;
    }

    /// <inheritdoc/>
    protected override void Process()
    {
        var options = new TrainingOptions
        {
            Loss = Make(Catalogue<Loss>.Default, Loss, lossSettings),
            Optimizer = Make(Catalogue<Optimizer>.Default, Optimizer, optimizerSettings)!,
            Initialiser = Make(Catalogue<Initialiser>.Default, Initialiser, null),
            LearningRate = LearningRate,
            Epochs = Epochs,
            BatchSize = BatchSize,
            Seed = Seed,
            Shuffle = !NoShuffle,
            Device = Device,
            Engine = Engine,
            Threads = Threads,
            LearningCurve = LearningCurve is null ? null : ResolveTarget(LearningCurve, Force),
            Force = Force,
        };
        TrainingRequest request = MakeRequest();
        var progress = new TrainingProgressWriter(this, $"Training {request.Network.Name ?? "network"} on {Dataset.Name}");
        TrainingResult result = Trainer.Train(request, options, StreamEpoch ? [progress, new EpochStream(this)] : [progress], Cancellation);
        if (ResultVariable is not null) SessionState.PSVariable.Set(ResultVariable, result);
        progress.Complete();
        WriteVerbose(FormattableString.Invariant($"Loss {result.Loss}, optimizer {result.Optimizer} with learning rate {result.LearningRate}, engine {result.Engine} ")
            + $"on {result.Device} with {result.Threads} thread(s), {result.StepsCompleted} steps of {result.BatchSize} rows. {result.EngineReason}");
        if (!StreamEpoch) WriteObject(result);
    }

    private TrainingRequest MakeRequest() => CatalogueValueAttribute.Unwrap(InputObject) switch
    {
        NetworkDefinition network => TrainingRequest.New(network, Dataset, ValidationDataset),
        Model model => TrainingRequest.Continue(model, Dataset, ValidationDataset),
        TrainingResult result => TrainingRequest.Continue(result.Model, Dataset, ValidationDataset),
        var other => throw new ExperimentException("InvalidInput", ErrorKind.InvalidArgument,
            $"Invoke-Training takes a network (New-Network), a model or a training result, not {other?.GetType().Name ?? "null"}.", other),
    };

    private static T? Make<T>(Catalogue<T> catalogue, object? value, DynamicCatalogueParameters? settings)
        where T : class => CatalogueValueAttribute.Unwrap(value) switch
        {
            null => null,
            string name => catalogue.Create(name, settings?.Values),
            var other => catalogue.From(other),
        };
}
