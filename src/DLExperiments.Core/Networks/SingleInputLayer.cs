using TorchSharp;

namespace DLExperiments.Networks;

/// <summary>A layer with exactly one input: most layers.</summary>
public abstract class SingleInputLayer : Layer
{
    /// <inheritdoc/>
    public sealed override Shape InferShape(IReadOnlyList<Shape> inputs) => InferShape(inputs[0]);

    /// <inheritdoc/>
    public sealed override IReadOnlyList<ParameterSpec> GetParameters(IReadOnlyList<Shape> inputs) => GetParameters(inputs[0]);

    /// <inheritdoc/>
    public sealed override long CountMultiplyAdds(IReadOnlyList<Shape> inputs, Shape output) => CountMultiplyAdds(inputs[0], output);

    /// <inheritdoc/>
    public sealed override torch.Tensor Forward(LayerContext context, IReadOnlyList<torch.Tensor> inputs) => Forward(context, inputs[0]);

    /// <summary>The shape of the output; the same as the input by default.</summary>
    /// <param name="input">The input's shape without the batch dimension.</param>
    /// <exception cref="ShapeException">The input does not fit.</exception>
    protected virtual Shape InferShape(Shape input) => input;

    /// <summary>The parameters and buffers; none by default.</summary>
    /// <param name="input">The input's shape without the batch dimension.</param>
    protected virtual IReadOnlyList<ParameterSpec> GetParameters(Shape input) => [];

    /// <summary>Multiply-accumulate operations for one sample; 0 by default.</summary>
    /// <param name="input">The input's shape.</param>
    /// <param name="output">The output's shape.</param>
    protected virtual long CountMultiplyAdds(Shape input, Shape output) => 0;

    /// <summary>Computes the output of a batch.</summary>
    /// <param name="context">The layer's parameters, the mode and the random stream.</param>
    /// <param name="input">The batch, batch dimension first.</param>
    protected abstract torch.Tensor Forward(LayerContext context, torch.Tensor input);
}
