using System.Numerics;
using System.Runtime.CompilerServices;
using DLExperiments.Errors;
using DLExperiments.Networks;
using DLExperiments.Networks.Layers;
using DLExperiments.Training.Fused.Lanes;

namespace DLExperiments.Training.Fused.Layers;

internal sealed class FusedBatchNormKind : FusedLayerKind
{
    internal override Type Definition => typeof(BatchNorm1dLayer);

    internal override string? Refuse(LayerNode node) => RefuseUnlessFlat(node) ?? (((BatchNorm1dLayer)node.Layer).TrackRunningStats ? null
        : "without running statistics its evaluation depends on which rows are measured together");

    internal override FusedLayer<TVec, T> Make<TVec, T>(FusedSite<TVec, T> site) => new FusedBatchNorm<TVec, T>(site);
}

/// <summary>
/// Batch normalisation: y = γx̂ + β, x̂ = (x − μ)/√(σ² + ε), and dx = γ/√(σ² + ε)·(dy − mean(dy) − x̂·mean(dy·x̂)) where μ and σ are the batch's own
/// (Ioffe, Szegedy 2015).
/// </summary>
internal sealed unsafe class FusedBatchNorm<TVec, T> : FusedLayer<TVec, T>
    where TVec : struct, ILanes<TVec, T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly BatchNorm1dLayer settings;
    private readonly ParameterSlot? weight, bias;
    private readonly ParameterSlot runningMean, runningVariance, batches;
    private readonly T* normal;
    private readonly T* inverse;
    private readonly T* gradients;
    private T* parameters;
    private bool own;

    internal FusedBatchNorm(FusedSite<TVec, T> site)
        : base(site)
    {
        settings = (BatchNorm1dLayer)site.Node.Layer;
        weight = site.Plan.Add(site.Node, "weight");
        bias = site.Plan.Add(site.Node, "bias");
        runningMean = site.Plan.Add(site.Node, "running_mean")!;
        runningVariance = site.Plan.Add(site.Node, "running_var")!;
        batches = site.Plan.Add(site.Node, "num_batches_tracked")!;
        normal = site.Memory.Allocate<T>((long)Batch.Capacity * Width);
        inverse = site.Memory.Allocate<T>(Width);
        gradients = site.Memory.Allocate<T>(2 * Width);
    }

    internal override void Bind(T* parameters) => this.parameters = parameters;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal override void Forward()
    {
        own = Batch.IsTraining && !Site.Node.IsFrozen;
        int count = Batch.Count;
        if (own && count == 1)
            throw new ExperimentException("BatchTooSmall", ErrorKind.InvalidOperation,
                $"{settings.Type} '{Site.Node.Name}' needs more than one value per channel to normalise, but the batch has a single sample; "
                + "use a larger batch size, or one that does not leave a last batch of 1.", Site.Node.Name);
        T** inputs = Inputs;
        TVec share = VectorMath<TVec, T>.Number(1.0 / count), eps = VectorMath<TVec, T>.Number(settings.Eps);
        for (int j = 0; j < Width; j += TVec.Count)
        {
            TVec mean, variance;
            if (own)
            {
                TVec sum = default, squares = default;
                for (int i = 0; i < count; i++) sum += TVec.Load(inputs[i] + j);
                mean = sum * share;
                for (int i = 0; i < count; i++)
                {
                    TVec difference = TVec.Load(inputs[i] + j) - mean;
                    squares = TVec.MultiplyAdd(difference, difference, squares);
                }
                variance = squares * share;
                Follow(runningMean, j, mean);
                Follow(runningVariance, j, squares * VectorMath<TVec, T>.Number(1.0 / (count - 1)));
            }
            else
            {
                mean = TVec.Load(parameters + runningMean.Offset + j);
                variance = TVec.Load(parameters + runningVariance.Offset + j);
            }
            TVec factor = VectorMath<TVec, T>.Number(1) / TVec.Sqrt(variance + eps);
            factor.Store(inverse + j);
            TVec scale = weight is null ? VectorMath<TVec, T>.Number(1) : TVec.Load(parameters + weight.Offset + j);
            TVec shift = bias is null ? default : TVec.Load(parameters + bias.Offset + j);
            for (int i = 0; i < count; i++)
            {
                TVec x = (TVec.Load(inputs[i] + j) - mean) * factor;
                x.Store(normal + (nint)i * Width + j);
                TVec.MultiplyAdd(x, scale, shift).Store(Rows[i] + j);
            }
        }
        if (own) parameters[batches.Offset] += T.One;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal override void Backward(GradientSink<T> sink)
    {
        int count = Batch.Count;
        TVec share = VectorMath<TVec, T>.Number(1.0 / count);
        T* dx = InputDelta;
        for (int j = 0; j < Width; j += TVec.Count)
        {
            TVec sum = default, product = default;
            for (int i = 0; i < count; i++)
            {
                TVec d = TVec.Load(Delta + (nint)i * Width + j);
                sum += d;
                product = TVec.MultiplyAdd(d, TVec.Load(normal + (nint)i * Width + j), product);
            }
            product.Store(gradients + j);
            sum.Store(gradients + Width + j);
            if (dx == null) continue;
            TVec scale = TVec.Load(inverse + j) * (weight is null ? VectorMath<TVec, T>.Number(1) : TVec.Load(parameters + weight.Offset + j));
            TVec meanSum = own ? sum * share : default, meanProduct = own ? product * share : default;
            for (int i = 0; i < count; i++)
            {
                TVec rest = TVec.Load(Delta + (nint)i * Width + j) - meanSum - (TVec.Load(normal + (nint)i * Width + j) * meanProduct);
                (rest * scale).Store(dx + (nint)i * Width + j);
            }
        }
        // Weight and bias lie one behind the other.
        if (weight is { IsTrained: true }) sink.Take(weight.Offset, gradients, 2 * Width);
    }

    private void Follow(ParameterSlot slot, int j, TVec now)
    {
        TVec momentum = VectorMath<TVec, T>.Number(settings.Momentum), keep = VectorMath<TVec, T>.Number(1 - settings.Momentum);
        T* running = parameters + slot.Offset + j;
        TVec.MultiplyAdd(TVec.Load(running), keep, now * momentum).Store(running);
    }
}
