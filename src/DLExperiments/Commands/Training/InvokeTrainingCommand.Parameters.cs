using System.Collections;
using System.Management.Automation;
using DLExperiments.Commands.Catalogues;
using DLExperiments.Commands.Data;
using DLExperiments.Commands.Devices;
using DLExperiments.Data;
using DLExperiments.Losses;
using DLExperiments.Metrics;
using DLExperiments.Networks;
using DLExperiments.Networks.Initialisers;
using DLExperiments.Networks.Torch;
using DLExperiments.Training;
using DLExperiments.Training.Checkpoints;
using DLExperiments.Training.Objectives;
using DLExperiments.Training.Optimizers;
using DLExperiments.Training.Regularisers;
using DLExperiments.Training.Schedules;

namespace DLExperiments.Commands.Training;

public sealed partial class InvokeTrainingCommand
{
    /// <summary>A network to train from new weights, or a model or training result to go on from.</summary>
    [Parameter(Mandatory = true, ValueFromPipeline = true)]
    [Alias("Network", "Model")]
    public object InputObject { get; set; } = null!;

    /// <summary>The data: a data set with pieces (its Train piece is trained on, its Validation piece measured after every epoch) or one piece.</summary>
    [Parameter(Mandatory = true, Position = 0)]
    [DatasetValue]
    public Dataset Dataset { get; set; } = null!;

    /// <summary>
    /// How a batch becomes losses, by name, as a hashtable with a Name, or as a script block { param($outputs, $targets, $inputs) ... }: Supervised,
    /// MultiTask, Siamese, Autoencoder, Custom (Get-ObjectiveType). The model's own by default, else Supervised, or MultiTask for several outputs.
    /// </summary>
    [Parameter]
    [ArgumentCompleter(typeof(CatalogueCompleter<Objective>))]
    public object? Objective { get; set; }

    /// <summary>Factors of losses by output, or by name of a custom objective's loss: @{ age = 0.1 }; 1 for those not named.</summary>
    [Parameter]
    public Hashtable LossWeight { get; set; } = [];

    /// <summary>
    /// Optimizer settings of their own for parameters by layer or parameter name with wildcards: @{ 'conv*' = @{ LearningRate = 1e-4; WeightDecay = 0 } }. What is not
    /// set is as for the others; a Name takes another optimizer. Each parameter is in one group at most.
    /// </summary>
    [Parameter]
    public IDictionary ParameterGroup { get; set; } = new Hashtable();

    /// <summary>
    /// What training rows of a class weigh: @{ cat = 2 }; 1 for classes not named. Multiplied by the data set's sample weights, and with -BalanceClass by n/(k·n of the class).
    /// </summary>
    [Parameter]
    [ClassWeight]
    public Hashtable ClassWeight { get; set; } = [];

    /// <summary>
    /// The loss, by name or as a hashtable with a Name; when not given the model's own, or for a new network one that fits the target. For several outputs a
    /// hashtable without a Name: @{ age = 'MSE'; sex = 'CrossEntropy' }.
    /// </summary>
    [Parameter]
    [ArgumentCompleter(typeof(CatalogueCompleter<Loss>))]
    public object? Loss { get; set; }

    /// <summary>The optimizer, by name or as a hashtable with a Name; Adam by default.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(CatalogueCompleter<Optimizer>))]
    public object Optimizer { get; set; } = "Adam";

    /// <summary>The learning rate; the optimizer's own by default (Adam 0.001, SGD 0.001, Adagrad and RMSprop 0.01, Adadelta 1).</summary>
    [Parameter]
    [CatalogueValue(typeof(double?), nameof(LearningRate))]
    public double? LearningRate { get; set; }

    /// <summary>How the learning rate changes, by name or as a hashtable with a Name: Step, Cosine, OneCycle, Plateau, ... (Get-ScheduleType).</summary>
    [Parameter]
    [ArgumentCompleter(typeof(CatalogueCompleter<Schedule>))]
    public object? Schedule { get; set; }

    /// <summary>Penalties that are minimised with the loss and reported apart from it, each by name or as a hashtable with a Name: L1, L2, ElasticNet, Tikhonov, Activation.</summary>
    [Parameter]
    [Alias("Regularizer")]
    [ArgumentCompleter(typeof(CatalogueCompleter<Regulariser>))]
    public object[] Regulariser { get; set; } = [];

    /// <summary>Scales all gradients down together so that their 2-norm is at most this.</summary>
    [Parameter]
    [CatalogueValue(typeof(double?), nameof(ClipNorm))]
    public double? ClipNorm { get; set; }

    /// <summary>Cuts each gradient to at most this, in either direction.</summary>
    [Parameter]
    [CatalogueValue(typeof(double?), nameof(ClipValue))]
    public double? ClipValue { get; set; }

    /// <summary>Sends each batch through the network in so many parts and adds up their gradients, so that memory holds one part only.</summary>
    [Parameter]
    [CatalogueValue(typeof(int), nameof(BatchParts))]
    public int BatchParts { get; set; } = 1;

    /// <summary>Factors of the learning rate by layer or parameter name with wildcards, such as @{ 'conv*' = 0.1; '*.bias' = 2 }; 0 keeps a parameter as it is.</summary>
    [Parameter]
    public Hashtable LearningRateFactor { get; set; } = [];

    /// <summary>Keeps an exponential moving average of the weights with this decay, such as 0.999; validation and the result use the average.</summary>
    [Parameter]
    [CatalogueValue(typeof(double?), nameof(WeightAverage))]
    public double? WeightAverage { get; set; }

    /// <summary>Reports the 2-norms of gradients and weights of every epoch (vanishing and exploding gradients show there).</summary>
    [Parameter]
    public SwitchParameter ReportNorm { get; set; }

    /// <summary>Reports the norms of the gradients and weights of every layer and epoch: the result's History has them in Layers.</summary>
    [Parameter]
    public SwitchParameter ReportLayer { get; set; }

    /// <summary>Reports the share of ReLU units that give 0 for every validation row (DeadUnits), of all and of each layer.</summary>
    [Parameter]
    public SwitchParameter ReportDeadUnit { get; set; }

    /// <summary>A file that always has the model of the best epoch so far, by what -EarlyStopping watches, else by the validation loss (training loss without validation data).</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? SaveBest { get; set; }

    /// <summary>Another column of the history for -SaveBest to go by, such as ValidationAccuracy.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(EpochMetricCompleter))]
    public string? SaveMetric { get; set; }

    /// <summary>A file that always has the model of the last completed epoch.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? SaveLast { get; set; }

    /// <summary>A folder that gets the model of every epoch, or of every -SaveEvery epochs, as epoch-00010.safetensors; made when it does not exist.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? SaveFolder { get; set; }

    /// <summary>Every how many epochs -SaveFolder gets a model.</summary>
    [Parameter]
    [CatalogueValue(typeof(int), nameof(SaveEvery))]
    public int SaveEvery { get; set; } = 1;

    /// <summary>Weighs every training row by n/(k·n of its class), so that all k classes count alike.</summary>
    [Parameter]
    public SwitchParameter BalanceClass { get; set; }

    /// <summary>
    /// Metrics of every epoch beside loss and accuracy, by name or as hashtables with a Name: TopK, F1, RocAuc, ... (Get-MetricType). F1 gives the columns TrainingF1 and
    /// ValidationF1. With several outputs each is measured of every output that it is for, or as a hashtable without a Name says, @{ age = 'MAE'; kind = 'F1', 'Brier' }; the columns
    /// then are ValidationMAE_age and so on. Autoencoder measures reconstructions, Siamese pairs, Custom the outputs that have a target.
    /// </summary>
    [Parameter]
    [ArgumentCompleter(typeof(CatalogueCompleter<Metric>))]
    public object[] Metric { get; set; } = [];

    /// <summary>
    /// Ends the training after so many epochs without improvement and gives the weights of the best epoch. A number is the patience; a hashtable
    /// has Patience, Metric (ValidationLoss, ValidationAccuracy, ...), Mode, MinDelta and RestoreBest.
    /// </summary>
    [Parameter]
    public object? EarlyStopping { get; set; }

    /// <summary>A folder for checkpoints, from which Resume-Training goes on after Ctrl+C, a signal or a crash. It is made when it does not exist.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? Checkpoint { get; set; }

    /// <summary>How often a checkpoint is written: epochs (5), '500 steps', '10 min'. By default after an epoch, when ten seconds have passed.</summary>
    [Parameter]
    public CheckpointInterval CheckpointEvery { get; set; } = CheckpointInterval.Default;

    /// <summary>Goes on from the newest checkpoint in the folder when there is one, else starts anew: a script that is run again and again ends with one training.</summary>
    [Parameter]
    public SwitchParameter Resume { get; set; }

    /// <summary>How often every training row is seen.</summary>
    [Parameter]
    [CatalogueValue(typeof(int), nameof(Epochs))]
    public int Epochs { get; set; } = 10;

    /// <summary>Rows in a batch: 1 for single rows, 0 for all rows at once.</summary>
    [Parameter]
    [CatalogueValue(typeof(int), nameof(BatchSize))]
    public int BatchSize { get; set; } = 32;

    /// <summary>The seed of initial weights, shuffling and dropout: the same seed and thread count give the same bits. 0 by default, in a trial of a sweep the trial's.</summary>
    [Parameter]
    [CatalogueValue(typeof(long), nameof(Seed))]
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

    /// <summary>The numbers that convolutions and linear layers multiply: Float32, or BFloat16 where the processor has it. Weights keep 32 bits.</summary>
    [Parameter]
    public Precision Precision { get; set; }

    /// <summary>How batches of images lie in memory: Contiguous, ChannelsLast, or Auto for the faster of both; results differ by rounding only.</summary>
    [Parameter]
    public MemoryFormat MemoryFormat { get; set; }

    /// <summary>CPU threads that one operation may use; by default one for small networks, else all. The Fused engine gives the same bits with any number of them.</summary>
    [Parameter]
    [CatalogueValue(typeof(int?), nameof(Threads))]
    public int? Threads { get; set; }

    /// <summary>Keeps the rows in their order instead of shuffling them in every epoch.</summary>
    [Parameter]
    public SwitchParameter NoShuffle { get; set; }

    /// <summary>A CSV file that gets a row after every epoch.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? LearningCurve { get; set; }

    /// <summary>A folder that gets events for TensorBoard after every epoch, its runs training and validation; made when it does not exist.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? TensorBoard { get; set; }

    /// <summary>Replaces an existing learning curve, events for TensorBoard, existing model files, and existing checkpoints.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }
}
