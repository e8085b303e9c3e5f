using System.Numerics;
using System.Runtime.CompilerServices;
using DLExperiments.Networks;
using DLExperiments.Networks.Layers;
using DLExperiments.Training.Fused.Lanes;

namespace DLExperiments.Training.Fused.Layers;

internal sealed class FusedLayerNormKind : FusedLayerKind
{
    internal override Type Definition => typeof(LayerNormLayer);

    internal override string? Refuse(LayerNode node) => RefuseUnlessFlat(node);

    internal override FusedLayer<TVec, T> Make<TVec, T>(FusedSite<TVec, T> site) => new FusedLayerNorm<TVec, T>(site);
}

/// <summary>
/// Layer normalisation of rows: y = γx̂ + β, x̂ = (x − μ)/√(σ² + ε), and dx = (g − mean(g) − x̂·mean(g·x̂))/√(σ² + ε) with g = γdy (Ba, Kiros, Hinton 2016).
/// </summary>
internal sealed unsafe class FusedLayerNorm<TVec, T> : FusedLayer<TVec, T>
    where TVec : struct, ILanes<TVec, T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly double eps;
    private readonly ParameterSlot? weight, bias;
    private readonly T* normal;
    private readonly T* inverse;
    private readonly T* gradients;
    private readonly T* inside;
    private T* parameters;

    internal FusedLayerNorm(FusedSite<TVec, T> site)
        : base(site)
    {
        eps = ((LayerNormLayer)site.Node.Layer).Eps;
        weight = site.Plan.Add(site.Node, "weight");
        bias = site.Plan.Add(site.Node, "bias");
        normal = site.Memory.Allocate<T>((long)Batch.Capacity * Width);
        inverse = site.Memory.Allocate<T>(Batch.Capacity);
        gradients = site.Memory.Allocate<T>(2 * Width);
        inside = site.Memory.Allocate<T>(Width);
        // 1 where a row has numbers, 0 in the padding, which must not enter the means.
        for (int j = 0; j < Size; j++) inside[j] = T.One;
    }

    internal override void Bind(T* parameters) => this.parameters = parameters;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal override void Forward()
    {
        T share = T.One / T.CreateTruncating(Size);
        for (int i = 0; i < Batch.Count; i++)
        {
            T* x = Inputs[i], y = Rows[i], z = normal + (nint)i * Width;
            TVec sum = default, squares = default;
            for (int j = 0; j < Width; j += TVec.Count) sum += Inside(j, TVec.Load(x + j));
            TVec mean = TVec.Create(TVec.Sum(sum) * share);
            for (int j = 0; j < Width; j += TVec.Count)
            {
                TVec difference = Inside(j, TVec.Load(x + j) - mean);
                difference.Store(z + j);
                squares = TVec.MultiplyAdd(difference, difference, squares);
            }
            inverse[i] = T.One / T.Sqrt((TVec.Sum(squares) * share) + T.CreateTruncating(eps));
            TVec factor = TVec.Create(inverse[i]);
            for (int j = 0; j < Width; j += TVec.Count)
            {
                TVec normalised = TVec.Load(z + j) * factor;
                normalised.Store(z + j);
                TVec.MultiplyAdd(normalised, Scale(j), bias is null ? default : TVec.Load(parameters + bias.Offset + j)).Store(y + j);
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal override void Backward(GradientSink<T> sink)
    {
        T share = T.One / T.CreateTruncating(Size);
        new Span<T>(gradients, 2 * Width).Clear();
        for (int i = 0; i < Batch.Count; i++)
        {
            T* d = Delta + (nint)i * Width, z = normal + (nint)i * Width;
            TVec sum = default, product = default;
            for (int j = 0; j < Width; j += TVec.Count)
            {
                TVec dy = TVec.Load(d + j), x = TVec.Load(z + j), g = dy * Scale(j);
                TVec.MultiplyAdd(dy, x, TVec.Load(gradients + j)).Store(gradients + j);
                (TVec.Load(gradients + Width + j) + dy).Store(gradients + Width + j);
                sum += g;
                product = TVec.MultiplyAdd(g, x, product);
            }
            if (InputDelta == null) continue;
            T* dx = InputDelta + (nint)i * Width;
            TVec meanSum = TVec.Create(TVec.Sum(sum) * share), meanProduct = TVec.Create(TVec.Sum(product) * share), factor = TVec.Create(inverse[i]);
            for (int j = 0; j < Width; j += TVec.Count)
                Inside(j, ((TVec.Load(d + j) * Scale(j)) - meanSum - (TVec.Load(z + j) * meanProduct)) * factor).Store(dx + j);
        }
        if (weight is { IsTrained: true }) sink.Take(weight.Offset, gradients, bias is null ? Width : 2 * Width);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private TVec Inside(int j, TVec value) => TVec.Where(TVec.Greater(TVec.Load(inside + j), default), value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private TVec Scale(int j) => weight is null ? VectorMath<TVec, T>.Number(1) : TVec.Load(parameters + weight.Offset + j);
}
