using System.Numerics;
using System.Runtime.CompilerServices;
using DLExperiments.Networks;
using DLExperiments.Networks.Layers;
using DLExperiments.Training.Fused.Kernels;
using DLExperiments.Training.Fused.Lanes;

namespace DLExperiments.Training.Fused.Layers;

internal sealed class FusedLinearKind : FusedLayerKind
{
    internal override Type Definition => typeof(LinearLayer);

    internal override string? Refuse(LayerNode node) => RefuseUnlessFlat(node);

    internal override FusedLayer<TVec, T> Make<TVec, T>(FusedSite<TVec, T> site) => new FusedLinear<TVec, T>(site);
}

/// <summary>Linear. Weights lie as [in][out], the bias as one more row behind them, so that a small layer is one block for the optimizer.</summary>
internal sealed unsafe class FusedLinear<TVec, T> : FusedLayer<TVec, T>
    where TVec : struct, ILanes<TVec, T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    // Gradients are made and used up in blocks that stay in the nearest cache.
    private const int BlockNumbers = 2048;

    // With so few rows the copy below costs more than it saves.
    private const int FewestRowsTransposed = 8;

    private readonly int inputs, blockRows;
    private readonly ParameterSlot weight;
    private readonly bool hasBias;
    private readonly T* gradients;
    private readonly T* noBias;
    private readonly T* transposed;
    private readonly T** deltaRows;
    private T* w;
    private T* bias;

    internal FusedLinear(FusedSite<TVec, T> site)
        : base(site)
    {
        inputs = site.Node.InputShapes[0].ElementCount;
        weight = site.Plan.Add(site.Node, "weight", inputs)!;
        hasBias = site.Plan.Add(site.Node, "bias") is not null;
        blockRows = Math.Max(8, BlockNumbers / Width / 8 * 8);
        gradients = site.Memory.Allocate<T>((long)(blockRows + 1) * Width);
        noBias = site.Memory.Allocate<T>(Math.Max(Width, site.Plan.Pad(inputs)));
        // Few outputs: their padding would be most of a vector of columns, so the way back goes along the inputs instead, over a transposed copy.
        if (Size > 2 * TVec.Count || !site.PassesGradient) return;
        transposed = site.Memory.Allocate<T>((long)Size * site.Plan.Pad(inputs));
        deltaRows = site.Memory.AllocatePointers<T>(Batch.Capacity);
        for (int i = 0; i < Batch.Capacity; i++) deltaRows[i] = Delta + (nint)i * Width;
    }

    internal override void Bind(T* parameters)
    {
        w = parameters + weight.Offset;
        bias = hasBias ? w + (nint)inputs * Width : noBias;
    }

    internal override void Forward() => DenseForward<TVec, T>.Run(Inputs, inputs, w, bias, Width, Output, Batch.Count);

    internal override void Backward(GradientSink<T> sink)
    {
        if (InputDelta != null) BackwardInputs();
        if (!weight.IsTrained) return;
        for (int from = 0; from < inputs; from += blockRows)
        {
            int to = Math.Min(from + blockRows, inputs), rows = to - from;
            DenseGradient<TVec, T>.Run(Inputs, from, to, Delta, Width, Batch.Count, gradients);
            if (to == inputs && hasBias) DenseGradient<TVec, T>.Bias(Delta, Width, Batch.Count, gradients + (nint)rows++ * Width);
            sink.Take(weight.Offset + from * Width, gradients, rows * Width);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void BackwardInputs()
    {
        int inputWidth = Site.Previous!.Width;
        if (transposed == null || Batch.Count < FewestRowsTransposed)
        {
            DenseBackward<TVec, T>.Run(Delta, Width, w, inputs, InputDelta, inputWidth, Batch.Count);
            return;
        }
        for (int k = 0; k < inputs; k++)
            for (int o = 0; o < Size; o++) transposed[(nint)o * inputWidth + k] = w[(nint)k * Width + o];
        DenseForward<TVec, T>.Run(deltaRows, Size, transposed, noBias, inputWidth, InputDelta, Batch.Count);
    }
}
