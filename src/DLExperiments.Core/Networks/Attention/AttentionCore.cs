using DLExperiments.Networks.Initialisers;
using DLExperiments.Networks.Layers;
using DLExperiments.Randomness;
using TorchSharp;

namespace DLExperiments.Networks.Attention;

/// <summary>Scaled dot-product attention with several heads (Vaswani and others 2017), with PyTorch's parameters, for all layers that attend.</summary>
internal static class AttentionCore
{
    /// <summary>The parameters of one attention of a given width.</summary>
    /// <param name="prefix">What stands before the names: empty, or <c>self_attn.</c></param>
    /// <param name="width">The width of the sequences.</param>
    /// <param name="bias">Whether the projections have biases.</param>
    internal static IEnumerable<ParameterSpec> Parameters(string prefix, int width, bool bias)
    {
        var zeros = new ZerosInitialiser();
        var output = new ParameterSpec($"{prefix}out_proj.weight", new Shape(width, width), new UniformFanInInitialiser(), width, width);
        yield return new($"{prefix}in_proj_weight", new Shape(3 * width, width), new XavierUniformInitialiser(), width, 3 * width);
        if (bias) yield return new($"{prefix}in_proj_bias", new Shape(3 * width), zeros, width);
        yield return output;
        if (bias) yield return new($"{prefix}out_proj.bias", new Shape(width), zeros, width);
    }

    /// <summary>Multiply-adds of one attention: four projections and two products of all pairs.</summary>
    internal static long MultiplyAdds(long queries, long keys, long width) => (2 * width * width * (queries + keys)) + (2 * queries * keys * width);

    /// <summary>Checks a sequence.</summary>
    internal static void Require(Shape input, int heads)
    {
        if (input.Count != 2 || input[1] % heads != 0)
            throw new ShapeException($"wants a sequence [steps,features] with features that {heads} heads divide, got {input}.");
    }

    /// <summary>Lets each query look at all keys and mixes the values by softmax(q·k/√d).</summary>
    /// <param name="context">The layer's context.</param>
    /// <param name="prefix">What stands before the names of the parameters.</param>
    /// <param name="query">[batch, queries, width].</param>
    /// <param name="key">[batch, keys, width].</param>
    /// <param name="value">[batch, keys, width].</param>
    /// <param name="heads">How many heads.</param>
    /// <param name="causal">Whether a step sees itself and earlier steps only.</param>
    /// <param name="dropout">The probability of dropout of the attention weights, while training.</param>
    /// <param name="random">The stream of this step; null outside training.</param>
    /// <param name="padding">A mask [batch, keys] of the keys that nobody looks at; null for none.</param>
    internal static torch.Tensor Attend(LayerContext context, string prefix, torch.Tensor query, torch.Tensor key, torch.Tensor value,
        int heads, bool causal, double dropout, RandomStream? random, torch.Tensor? padding = null)
    {
        long width = query.shape[2];
        torch.Tensor weight = context[$"{prefix}in_proj_weight"];
        torch.Tensor? bias = context.Find($"{prefix}in_proj_bias");
        torch.Tensor Project(torch.Tensor input, int part) => Split(torch.nn.functional.linear(input, weight.narrow(0, part * width, width), bias?.narrow(0, part * width, width)));
        torch.Tensor Split(torch.Tensor rows) => rows.reshape(rows.shape[0], rows.shape[1], heads, width / heads).transpose(1, 2);
        torch.Tensor q = Project(query, 0), k = Project(key, 1), v = Project(value, 2);
        torch.Tensor scores = q.matmul(k.transpose(-2, -1)) * (1 / Math.Sqrt(width / heads));
        // Finite, so that a sequence of nothing but padding attends to that instead of giving NaN; e to this power is 0 all the same.
        if (padding is not null) scores = scores.masked_fill(PaddingMaskLayer.IsPadding(padding).unsqueeze(1).unsqueeze(1), -1e30);
        if (causal) scores = scores.masked_fill(torch.ones([scores.shape[2], scores.shape[3]], torch.ScalarType.Bool, scores.device).triu(1), double.NegativeInfinity);
        torch.Tensor attention = TensorDropout.Apply(scores.softmax(-1), dropout, random);
        torch.Tensor mixed = attention.matmul(v).transpose(1, 2).reshape(query.shape);
        return torch.nn.functional.linear(mixed, context[$"{prefix}out_proj.weight"], context.Find($"{prefix}out_proj.bias"));
    }
}
