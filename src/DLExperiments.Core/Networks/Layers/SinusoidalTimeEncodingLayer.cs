using System.ComponentModel.DataAnnotations;
using DLExperiments.Catalogues;
using TorchSharp;

namespace DLExperiments.Networks.Layers;

/// <summary>
/// Turns a time step t into sines, then cosines, of t · MaxPeriod^(-k/(n-1)) for k = 0 .. n-1, with n = Dim/2: [] or [1] becomes [Dim]
/// (Vaswani and others 2017, as diffusion models use it).
/// </summary>
[CatalogueEntry("SinusoidalTimeEncoding")]
public sealed class SinusoidalTimeEncodingLayer : SingleInputLayer
{
    /// <summary>How many values come out; even, at least 4.</summary>
    [Position(0)]
    [Range(4, int.MaxValue)]
    public int Dim { get; init; } = 128;

    /// <summary>The ratio of the slowest to the fastest wave.</summary>
    [Range(1, double.MaxValue, MinimumIsExclusive = true)]
    public double MaxPeriod { get; init; } = 10000;

    /// <inheritdoc/>
    protected override Shape InferShape(Shape input)
    {
        if (Dim % 2 != 0) throw new ShapeException($"wants an even Dim, got {Dim}.");
        return input.Count == 0 || (input.Count == 1 && input[0] == 1) ? new Shape(Dim) : throw new ShapeException($"wants one number, [] or [1], got {input}.");
    }

    /// <inheritdoc/>
    protected override torch.Tensor Forward(LayerContext context, torch.Tensor input)
    {
        int half = Dim / 2;
        torch.Tensor time = input.is_floating_point() ? input : input.to(torch.ScalarType.Float32);
        double[] frequencies = [.. Enumerable.Range(0, half).Select(k => Math.Exp(-k * Math.Log(MaxPeriod) / (half - 1)))];
        torch.Tensor angles = time.reshape(-1, 1) * torch.tensor(frequencies, dtype: time.dtype, device: time.device);
        return torch.cat([angles.sin(), angles.cos()], 1);
    }
}
