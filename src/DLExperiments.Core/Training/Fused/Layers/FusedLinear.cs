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
    private readonly T* panel;
    private readonly T* transposed;
    private readonly T** deltaRows;
    private readonly WorkCrew? crew;
    private readonly long fewestRowsShared;
    private readonly Action<int>? forward, backward, gradient;
    private GradientSink<T>? sink;
    private T* w;
    private T* bias;

    internal FusedLinear(FusedSite<TVec, T> site)
        : base(site)
    {
        inputs = site.Node.InputShapes[0].ElementCount;
        weight = site.Plan.Add(site.Node, "weight", inputs)!;
        hasBias = site.Plan.Add(site.Node, "bias") is not null;
        blockRows = Math.Max(8, BlockNumbers / Width / 8 * 8);
        crew = site.Crew is not null && WorkCrew.IsWide(site.Node, Batch.Capacity) ? site.Crew : null;
        fewestRowsShared = WorkCrew.FewestProducts / Math.Max(1, site.Node.MultiplyAdds);
        // Made once: a step must not allocate.
        if (crew is not null) (forward, backward, gradient) = (ForwardPart, BackwardPart, GradientPart);
        gradients = site.Memory.Allocate<T>((long)(blockRows + 1) * Width * (crew?.Count ?? 1));
        if (DensePanel<TVec, T>.IsWorthIt(Width)) panel = site.Memory.Allocate<T>((long)inputs * DenseForward<TVec, T>.ColumnUnit * (crew?.Count ?? 1));
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

    private bool IsShared => crew is not null && Batch.Count >= fewestRowsShared;

    internal override void Forward()
    {
        if (IsShared) crew!.Run(forward!);
        else DenseForward<TVec, T>.Run(Inputs, inputs, w, bias, Width, Output, Batch.Count, 0, Width, panel);
    }

    internal override void Backward(GradientSink<T> sink)
    {
        if (InputDelta != null) BackwardInputs();
        if (!weight.IsTrained) return;
        if (!IsShared)
        {
            Gradients(0, inputs, gradients, sink);
            return;
        }
        this.sink = sink;
        crew!.Run(gradient!);
    }

    private void ForwardPart(int part)
    {
        int unit = DenseForward<TVec, T>.ColumnUnit;
        (int from, int to) = crew!.Share(part, (Width + unit - 1) / unit);
        DenseForward<TVec, T>.Run(Inputs, inputs, w, bias, Width, Output, Batch.Count, from * unit, Math.Min(to * unit, Width),
            panel == null ? null : panel + ((nint)part * inputs * unit));
    }

    private void BackwardPart(int part)
    {
        const int Unit = DenseBackward<TVec, T>.InputUnit;
        (int from, int to) = crew!.Share(part, (inputs + Unit - 1) / Unit);
        DenseBackward<TVec, T>.Run(Delta, Width, w, InputDelta, Site.Previous!.Width, Batch.Count, from * Unit, Math.Min(to * Unit, inputs));
    }

    private void GradientPart(int part)
    {
        (int from, int to) = crew!.Share(part, (inputs + blockRows - 1) / blockRows);
        Gradients(from * blockRows, Math.Min(to * blockRows, inputs), gradients + ((nint)part * (blockRows + 1) * Width), sink!);
    }

    /// <summary>The gradients of some rows of the weights, and with the last one that of the bias.</summary>
    private void Gradients(int first, int end, T* gradients, GradientSink<T> sink)
    {
        for (int from = first; from < end; from += blockRows)
        {
            int to = Math.Min(from + blockRows, end), rows = to - from;
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
            if (IsShared) crew!.Run(backward!);
            else DenseBackward<TVec, T>.Run(Delta, Width, w, inputs, InputDelta, inputWidth, Batch.Count);
            return;
        }
        for (int k = 0; k < inputs; k++)
            for (int o = 0; o < Size; o++) transposed[(nint)o * inputWidth + k] = w[(nint)k * Width + o];
        DenseForward<TVec, T>.Run(deltaRows, Size, transposed, noBias, inputWidth, InputDelta, Batch.Count);
    }
}
