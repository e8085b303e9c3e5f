using DLExperiments.Catalogues;
using DLExperiments.Randomness;
using TorchSharp;

namespace DLExperiments.Networks.Layers;

/// <summary>
/// Draws from a normal distribution of which the first input is the mean μ and the second the logarithm of the variance: z = μ + e^(½ log σ²) ε,
/// the reparameterisation of a variational autoencoder (Kingma and Welling 2013). In evaluation it gives the mean unless told otherwise.
/// </summary>
[CatalogueEntry("GaussianSample", "Reparameterize")]
public sealed class GaussianSampleLayer : Layer
{
    /// <summary>Whether it draws in evaluation too; else the result is then the mean.</summary>
    public bool SampleInEvaluation { get; init; }

    /// <inheritdoc/>
    public override int MinimumInputs => 2;

    /// <inheritdoc/>
    public override int MaximumInputs => 2;

    /// <inheritdoc/>
    public override Shape InferShape(IReadOnlyList<Shape> inputs) => inputs[0].Equals(inputs[1])
        ? inputs[0]
        : throw new ShapeException($"wants a mean and a log variance of one shape, got {inputs[0]} and {inputs[1]}.");

    /// <inheritdoc/>
    public override torch.Tensor Forward(LayerContext context, IReadOnlyList<torch.Tensor> inputs)
    {
        torch.Tensor mean = inputs[0];
        if (!context.IsTraining && !SampleInEvaluation) return mean;
        RandomStream random = context.OpenRandom();
        float[] noise = new float[mean.numel()];
        for (int i = 0; i < noise.Length; i++) noise[i] = (float)random.NextNormal();
        return mean + ((inputs[1] * 0.5).exp() * torch.tensor(noise, mean.shape, dtype: mean.dtype, device: mean.device));
    }
}
