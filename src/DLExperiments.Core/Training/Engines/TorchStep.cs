using System.Runtime.InteropServices;
using DLExperiments.Losses;
using DLExperiments.Networks.Torch;
using DLExperiments.Training.Regularisers;
using TorchSharp;

namespace DLExperiments.Training.Engines;

/// <summary>What an objective sees of one step of the Torch engine: the batch, the networks, the totals. One object is reused for all steps.</summary>
public sealed class TorchStep
{
    private readonly long seed;
    private readonly (ActivationRegulariser Regulariser, string Layer)[][] watched;
    private readonly torch.Tensor?[] penalties;
    private float[] outputs = [];
    private float[] targetValues = [];

    internal TorchStep(IReadOnlyList<TorchPlayer> players, TargetLayout layout, long seed, IReadOnlyList<ActivationRegulariser>? activations = null)
    {
        watched = [.. players.Select(p => (activations ?? []).SelectMany(r => r.Layers(p.Network.Definition).Select(layer => (r, layer))).ToArray())];
        penalties = new torch.Tensor?[players.Count];
        Players = players;
        Layout = layout;
        this.seed = seed;
    }

    /// <summary>The networks with their optimizers; supervised training has one.</summary>
    public IReadOnlyList<TorchPlayer> Players { get; }

    /// <summary>The form of the targets.</summary>
    public TargetLayout Layout { get; }

    /// <summary>One tensor for each input, batch dimension first.</summary>
    public torch.Tensor[] Inputs { get; internal set; } = [];

    /// <summary>The targets, batch dimension first: int64 class indices or float32 values.</summary>
    public torch.Tensor Target { get; internal set; } = null!;

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

    /// <summary>The batch's targets in managed memory, row-major.</summary>
    public ReadOnlySpan<float> TargetValues => targetValues.AsSpan(0, Count * Layout.Width);

    /// <summary>Which part of the batch it is.</summary>
    internal BatchPart Part { get; set; } = BatchPart.Whole;

    /// <summary>The penalties on activations of this step, as a part of the batch's.</summary>
    internal double ActivationPenalty { get; set; }

    /// <summary>The first output of a network for the batch.</summary>
    /// <param name="player">The network's place.</param>
    public torch.Tensor Forward(int player = 0)
    {
        TorchNetwork network = Players[player].Network;
        if (!IsTraining || watched[player].Length == 0) return network.Forward(Inputs, IsTraining, seed, Number)[0];
        IReadOnlyList<string> own = network.Definition.Outputs;
        torch.Tensor[] all = network.Forward(Inputs, IsTraining, seed, Number, [.. own, .. watched[player].Select(w => w.Layer)]);
        penalties[player] = watched[player].Select((w, i) => w.Regulariser.Penalty(all[own.Count + i])).Aggregate((a, b) => a + b);
        return all[0];
    }

    /// <summary>Makes one step of an optimizer down a loss and the penalties.</summary>
    /// <param name="loss">A scalar that depends on the network's parameters.</param>
    /// <param name="player">The network's place.</param>
    public void Update(torch.Tensor loss, int player = 0)
    {
        if (penalties[player] is { } penalty)
        {
            ActivationPenalty += Part.Share * penalty.item<float>();
            loss += penalty;
            penalties[player] = null;
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

    /// <summary>Gathers the targets of rows; an empty list of rows means those from <paramref name="first"/> on.</summary>
    internal void TakeTargets(PreparedPiece piece, ReadOnlySpan<int> rows, int first)
    {
        int width = Layout.Width, length = Count * width;
        if (targetValues.Length < length) targetValues = new float[length];
        if (rows.IsEmpty)
        {
            piece.Targets.AsSpan(first * width, length).CopyTo(targetValues);
            return;
        }
        for (int i = 0; i < Count; i++) piece.Targets.AsSpan(rows[first + i] * width, width).CopyTo(targetValues.AsSpan(i * width));
    }
}
