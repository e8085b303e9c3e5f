using System.ComponentModel.DataAnnotations;
using DLExperiments.Catalogues;
using DLExperiments.Networks.Initialisers;
using DLExperiments.Randomness;
using TorchSharp;

namespace DLExperiments.Networks.Attention;

/// <summary>What transformer encoder and decoder layers share (Vaswani and others 2017); parameters have PyTorch's names.</summary>
public abstract class TransformerLayer : Layer
{
    /// <summary>How many heads; they divide the width of the sequence.</summary>
    [Position(0)]
    [Range(1, int.MaxValue)]
    public required int NumHeads { get; init; }

    /// <summary>Units between the two dense layers.</summary>
    [Position(1)]
    [Range(1, int.MaxValue)]
    public int DimFeedforward { get; init; } = 2048;

    /// <summary>The probability of dropout, while training: of attention weights, between the dense layers and of each part's result.</summary>
    [Range(0.0, 1.0)]
    public double Dropout { get; init; } = 0.1;

    /// <summary>What bends the values between the dense layers.</summary>
    public FeedforwardNonlinearity Nonlinearity { get; init; }

    /// <summary>Whether each part normalises its input; else the sum of its input and its result.</summary>
    public bool NormFirst { get; init; }

    /// <summary>Whether a step sees itself and earlier steps only.</summary>
    public bool Causal { get; init; }

    /// <summary>Added to the variance before the root by the normalisations.</summary>
    [Range(0, double.MaxValue, MinimumIsExclusive = true)]
    public double LayerNormEps { get; init; } = 1e-5;

    /// <summary>The parameters of the dense layers and the normalisations.</summary>
    /// <param name="width">The width of the sequence.</param>
    /// <param name="norms">How many normalisations.</param>
    protected IEnumerable<ParameterSpec> FeedforwardParameters(int width, int norms)
    {
        var standard = new UniformFanInInitialiser();
        yield return new("linear1.weight", new Shape(DimFeedforward, width), standard, width, DimFeedforward);
        yield return new("linear1.bias", new Shape(DimFeedforward), standard, width, DimFeedforward);
        yield return new("linear2.weight", new Shape(width, DimFeedforward), standard, DimFeedforward, width);
        yield return new("linear2.bias", new Shape(width), standard, DimFeedforward, width);
        for (int i = 1; i <= norms; i++)
        {
            yield return new($"norm{i}.weight", new Shape(width), new ConstantInitialiser { Value = 1 }) { IsInitialiserChosen = true };
            yield return new($"norm{i}.bias", new Shape(width), new ConstantInitialiser()) { IsInitialiserChosen = true };
        }
    }

    /// <summary>One part: its result, after dropout, is added to its input; the normalisation comes before or after.</summary>
    /// <param name="context">The layer's context.</param>
    /// <param name="input">The input of the part.</param>
    /// <param name="norm">The number of its normalisation.</param>
    /// <param name="random">The stream of this step; null outside training.</param>
    /// <param name="part">What it computes.</param>
    protected torch.Tensor Part(LayerContext context, torch.Tensor input, int norm, RandomStream? random, Func<torch.Tensor, torch.Tensor> part)
    {
        torch.Tensor Norm(torch.Tensor x) => torch.nn.functional.layer_norm(x, [x.shape[2]], context[$"norm{norm}.weight"], context[$"norm{norm}.bias"], LayerNormEps);
        torch.Tensor result = TensorDropout.Apply(part(NormFirst ? Norm(input) : input), Dropout, random);
        return NormFirst ? input + result : Norm(input + result);
    }

    /// <summary>The two dense layers.</summary>
    /// <param name="context">The layer's context.</param>
    /// <param name="input">[batch, steps, width].</param>
    /// <param name="random">The stream of this step; null outside training.</param>
    protected torch.Tensor Feedforward(LayerContext context, torch.Tensor input, RandomStream? random)
    {
        torch.Tensor inner = torch.nn.functional.linear(input, context["linear1.weight"], context["linear1.bias"]);
        inner = Nonlinearity == FeedforwardNonlinearity.GELU ? torch.nn.functional.gelu(inner) : inner.relu();
        return torch.nn.functional.linear(TensorDropout.Apply(inner, Dropout, random), context["linear2.weight"], context["linear2.bias"]);
    }

    /// <summary>The stream of this step, or null when nothing is to be dropped.</summary>
    /// <param name="context">The layer's context.</param>
    protected RandomStream? OpenRandom(LayerContext context) => context.IsTraining && Dropout > 0 ? context.OpenRandom() : null;
}
