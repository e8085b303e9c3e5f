using System.Runtime.InteropServices;
using DLExperiments.Losses;
using DLExperiments.Networks.Torch;
using DLExperiments.Randomness;
using DLExperiments.Training.Regularisers;
using TorchSharp;

namespace DLExperiments.Training.Engines;

/// <summary>What an objective sees of one step of the Torch engine: the batch, the networks, the totals. One object is reused for all steps.</summary>
public sealed class TorchStep
{
    private readonly (ActivationRegulariser Regulariser, string Layer)[] watched;
    private readonly torch.Device device;
    private torch.Tensor? penalty;
    private torch.Tensor[]? plain;
    private float[] outputs = [];
    private float[][] targetValues = [];
    private int[] rows = [], order = [];
    private int first;

    internal TorchStep(TorchNetwork network, IReadOnlyList<TorchPlayer> players, torch.Device device, long seed, IReadOnlyList<ActivationRegulariser>? activations = null)
    {
        watched = [.. (activations ?? []).SelectMany(r => r.Layers(network.Definition).Select(layer => (r, layer)))];
        Network = network;
        Players = players;
        this.device = device;
        Seed = seed;
    }

    /// <summary>The network.</summary>
    public TorchNetwork Network { get; }

    /// <summary>Those who take turns in changing the network; supervised training has one.</summary>
    public IReadOnlyList<TorchPlayer> Players { get; }

    /// <summary>The device that it computes on.</summary>
    public torch.Device Device => device;

    /// <summary>The run's seed, for what an objective draws; key draws by <see cref="Number"/> too.</summary>
    public long Seed { get; }

    /// <summary>The piece that the batch is from.</summary>
    public PreparedPiece Piece => Source.Piece;

    /// <summary>The forms of the targets, one for each that the objective asked for.</summary>
    public IReadOnlyList<TargetLayout> Layouts { get; internal set; } = [];

    /// <summary>The form of the first targets.</summary>
    public TargetLayout Layout => Layouts[0];

    /// <summary>One tensor for each input that the data feeds, batch dimension first; like targets and weights, they hold the next batch in the next step, so what is kept must be cloned.</summary>
    public torch.Tensor[] Inputs { get; internal set; } = [];

    /// <summary>The targets, one tensor for each that the objective asked for, batch dimension first: int64 class indices or float32 values.</summary>
    public torch.Tensor[] Targets { get; internal set; } = [];

    /// <summary>The first targets.</summary>
    public torch.Tensor Target => Targets[0];

    /// <summary>The batch's rows in its piece.</summary>
    public ReadOnlySpan<int> Rows => rows;

    /// <summary>One weight a row, or null for equal weights.</summary>
    public torch.Tensor? SampleWeights { get; internal set; }

    /// <summary>How many rows the batch has.</summary>
    public int Count { get; internal set; }

    /// <summary>Whether it is a training step; else networks are in evaluation mode and gradients are off.</summary>
    public bool IsTraining { get; internal set; }

    /// <summary>The step over all epochs, from 0.</summary>
    public long Number { get; internal set; }

    /// <summary>The learning rate of the step.</summary>
    public double LearningRate { get; internal set; }

    /// <summary>Where measures are added.</summary>
    public MeasureTotals Totals { get; internal set; } = null!;

    /// <summary>The batch's first targets in managed memory, row-major.</summary>
    public ReadOnlySpan<float> TargetValues => TargetValuesOf(0);

    /// <summary>Which part of the batch it is.</summary>
    internal BatchPart Part { get; set; } = BatchPart.Whole;

    /// <summary>The penalties on activations of this step, as a part of the batch's.</summary>
    internal double ActivationPenalty { get; set; }

    /// <summary>The piece's tensors.</summary>
    internal TorchPiece Source { get; set; } = null!;

    /// <summary>The batch's targets in managed memory, row-major.</summary>
    /// <param name="set">Which of those that the objective asked for.</param>
    public ReadOnlySpan<float> TargetValuesOf(int set) => targetValues[set].AsSpan(0, Count * Layouts[set].Width);

    /// <summary>The loss of the batch, or of this part of it.</summary>
    /// <param name="loss">The loss.</param>
    /// <param name="set">Which of the targets it has.</param>
    /// <param name="prediction">What the network gave.</param>
    internal torch.Tensor Compute(Losses.Loss loss, int set, torch.Tensor prediction) => IsTraining && BatchWeight.IsWeightless(Piece, loss, set, order, first, Count, Part)
        ? loss.ComputeWeightless(prediction, Targets[set], SampleWeights) : loss.Compute(prediction, Targets[set], SampleWeights);

    /// <summary>What the loss of this part of the batch is multiplied by, so that the parts' losses, each by its share of the rows, add up to that of the whole batch; 1 for a batch in one part.</summary>
    /// <param name="loss">The loss.</param>
    /// <param name="set">Which of the targets it has; below 0 for none.</param>
    internal double PartFactor(Losses.Loss loss, int set) => Part.BatchRows == 0 ? 1 : BatchWeight.Share(Piece, loss, set, order, first, Count, Part) / Part.Share;

    /// <summary>An output of the network for the batch.</summary>
    /// <param name="output">The name of a layer; null for the network's first output.</param>
    public torch.Tensor Forward(string? output = null) => Forward(output is null ? null : [output], null)[0];

    /// <summary>Outputs of the network.</summary>
    /// <param name="names">Names of layers; null for all outputs of the network.</param>
    /// <param name="inputs">One tensor for each input of the network; null for the batch's.</param>
    public torch.Tensor[] Forward(IReadOnlyList<string>? names, IReadOnlyList<torch.Tensor>? inputs = null)
    {
        if (!IsTraining || watched.Length == 0) return Network.Forward(inputs ?? Inputs, IsTraining, Seed, Number, names);
        IReadOnlyList<string> own = names ?? Network.Definition.Outputs;
        torch.Tensor[] all = Network.Forward(inputs ?? Inputs, IsTraining, Seed, Number, [.. own, .. watched.Select(w => w.Layer)]);
        torch.Tensor found = watched.Select((w, i) => w.Regulariser.Penalty(all[own.Count + i])).Aggregate((a, b) => a + b);
        penalty = penalty is null ? found : penalty + found;
        return all[..own.Count];
    }

    /// <summary>Other rows of the batch's piece as the network sees them, one tensor for each input that the data feeds; not augmented.</summary>
    /// <param name="rows">Rows of the piece; one may come twice.</param>
    public torch.Tensor[] Take(ReadOnlySpan<int> rows)
    {
        torch.Tensor places = torch.tensor(rows.ToArray()).to(device);
        return Source.Take(all => all.index_select(0, places))!;
    }

    /// <summary>The batch's inputs as they are without augmentation.</summary>
    public torch.Tensor[] PlainInputs() => IsTraining && plain is { } kept ? kept : Inputs;

    /// <summary>Numbers from the standard normal distribution, drawn for the run's seed and the step.</summary>
    /// <param name="index">Which of several draws of the step.</param>
    /// <param name="sizes">The tensor's sizes.</param>
    public torch.Tensor Noise(int index, params long[] sizes)
    {
        var random = new RandomStream(Seed, RandomPurpose.Noise, index, IsTraining ? 0 : 1, Number);
        float[] values = new float[sizes.Aggregate(1L, (a, b) => a * b)];
        for (int i = 0; i < values.Length; i++) values[i] = (float)random.NextNormal();
        return torch.tensor(values, sizes).to(device);
    }

    /// <summary>Makes one step of a player's optimizers down a loss and the penalties.</summary>
    /// <param name="loss">A scalar that depends on the player's parameters.</param>
    /// <param name="player">The player's place.</param>
    public void Update(torch.Tensor loss, int player = 0)
    {
        if (penalty is { } extra)
        {
            ActivationPenalty += Part.Share * extra.item<float>();
            loss += extra;
            penalty = null;
        }
        Players[player].Update(loss, LearningRate, Part);
    }

    /// <summary>Copies outputs to managed memory, where counting what is correct is cheaper than five small tensor operations.</summary>
    /// <param name="tensor">Outputs, float32.</param>
    /// <returns>The values, row-major; valid until the next call.</returns>
    public ReadOnlySpan<float> ReadOutputs(torch.Tensor tensor)
    {
        // Outputs on the CPU are read where they lie; a copy on the way is only for those that are elsewhere or out of order.
        bool direct = tensor.device_type == DeviceType.CPU && tensor.is_contiguous();
        torch.Tensor here = direct ? tensor : tensor.detach().cpu().contiguous();
        ReadOnlySpan<float> values = MemoryMarshal.Cast<byte, float>(here.bytes);
        if (outputs.Length < values.Length) outputs = new float[values.Length];
        values.CopyTo(outputs);
        int length = values.Length;
        if (!direct) here.Dispose();
        return outputs.AsSpan(0, length);
    }

    /// <summary>Takes what belongs to a batch: its place, and its targets in managed memory.</summary>
    /// <param name="source">The piece.</param>
    /// <param name="order">The order of all rows; empty for the one in which they are.</param>
    /// <param name="first">The batch's first place in the order.</param>
    /// <param name="unaugmented">The inputs before augmentation, or null.</param>
    internal void Begin(TorchPiece source, ReadOnlySpan<int> order, int first, torch.Tensor[]? unaugmented)
    {
        Source = source;
        plain = unaugmented;
        penalty = null;
        this.first = first;
        if (Part is { BatchRows: > 0, IsFirst: true }) this.order = order.ToArray();
        if (rows.Length != Count) rows = new int[Count];
        for (int i = 0; i < Count; i++) rows[i] = order.IsEmpty ? first + i : order[first + i];
        PreparedPiece piece = source.Piece;
        if (targetValues.Length != piece.TargetSets.Count)
        {
            targetValues = new float[piece.TargetSets.Count][];
            Array.Fill(targetValues, []);
        }
        for (int set = 0; set < targetValues.Length; set++)
        {
            (_, TargetLayout layout, float[] values) = piece.TargetSets[set];
            int width = layout.Width;
            if (targetValues[set].Length < Count * width) targetValues[set] = new float[Count * width];
            if (order.IsEmpty) values.AsSpan(first * width, Count * width).CopyTo(targetValues[set]);
            else for (int i = 0; i < Count; i++) values.AsSpan(rows[i] * width, width).CopyTo(targetValues[set].AsSpan(i * width));
        }
    }
}
