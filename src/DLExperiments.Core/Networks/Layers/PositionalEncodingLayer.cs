using System.ComponentModel.DataAnnotations;
using DLExperiments.Catalogues;
using TorchSharp;

namespace DLExperiments.Networks.Layers;

/// <summary>
/// Adds fixed waves that tell the steps of a sequence [T,E] apart (Vaswani and others 2017): at step t, sin(t / MaxPeriod^(2k/E)) on feature 2k and
/// the cosine on feature 2k+1.
/// </summary>
[CatalogueEntry("PositionalEncoding")]
public sealed class PositionalEncodingLayer : SingleInputLayer
{
    /// <summary>The length of the slowest wave, divided by 2π.</summary>
    [Range(1, double.MaxValue, MinimumIsExclusive = true)]
    public double MaxPeriod { get; init; } = 10000;

    /// <inheritdoc/>
    protected override Shape InferShape(Shape input) => input.Count == 2 ? input : throw new ShapeException($"wants a sequence [steps,features], got {input}.");

    /// <inheritdoc/>
    protected override torch.Tensor Forward(LayerContext context, torch.Tensor input)
    {
        (int steps, int width) = ((int)input.shape[1], (int)input.shape[2]);
        double[] waves = context.GetState(() => MakeWaves(steps, width));
        return input + torch.tensor(waves, [steps, width], dtype: input.dtype, device: input.device);
    }

    private double[] MakeWaves(int steps, int width)
    {
        double[] waves = new double[steps * width];
        for (int step = 0; step < steps; step++)
            for (int i = 0; i < width; i++)
            {
                double angle = step * Math.Pow(MaxPeriod, -(i - (i % 2)) / (double)width);
                waves[(step * width) + i] = i % 2 == 0 ? Math.Sin(angle) : Math.Cos(angle);
            }
        return waves;
    }
}
