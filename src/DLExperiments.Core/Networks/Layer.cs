using DLExperiments.Catalogues;
using TorchSharp;

namespace DLExperiments.Networks;

/// <summary>
/// A kind of layer with its settings, and nothing else: weights live in a weight set, so one definition serves any number of
/// models. A new layer is one class: derive, mark it with <see cref="CatalogueEntryAttribute"/>, give it settable properties.
/// </summary>
[Catalogue("layer")]
public abstract class Layer
{
    /// <summary>The name in the catalogue.</summary>
    public string Type => Catalogue<Layer>.Default.EntryOf(this).Name;

    /// <summary>The fewest inputs that the layer takes.</summary>
    public virtual int MinimumInputs => 1;

    /// <summary>The most inputs that the layer takes.</summary>
    public virtual int MaximumInputs => 1;

    /// <summary>The shape of the output for the given inputs.</summary>
    /// <param name="inputs">Shapes without the batch dimension.</param>
    /// <exception cref="ShapeException">The inputs do not fit; the message says what the layer wants and what it got.</exception>
    public abstract Shape InferShape(IReadOnlyList<Shape> inputs);

    /// <summary>The parameters and buffers that the layer owns for the given inputs; none by default.</summary>
    /// <param name="inputs">Shapes without the batch dimension, accepted by <see cref="InferShape"/>.</param>
    public virtual IReadOnlyList<ParameterSpec> GetParameters(IReadOnlyList<Shape> inputs) => [];

    /// <summary>Multiply-accumulate operations for one sample; 0 for layers without products.</summary>
    /// <param name="inputs">Shapes without the batch dimension.</param>
    /// <param name="output">The shape that <see cref="InferShape"/> gave.</param>
    public virtual long CountMultiplyAdds(IReadOnlyList<Shape> inputs, Shape output) => 0;

    /// <summary>What the layer does when the network computes with fewer bits; 32 bits by default.</summary>
    public virtual LayerPrecision Precision => LayerPrecision.Full;

    /// <summary>Whether the layer is faster on images whose channels lie last in memory; results are the same.</summary>
    public virtual bool PrefersChannelsLast => false;

    /// <summary>Computes the output of a batch with libtorch, recorded by autograd when gradients are on.</summary>
    /// <param name="context">The layer's parameters, the mode and the random stream.</param>
    /// <param name="inputs">Batches, each with the batch dimension first.</param>
    public abstract torch.Tensor Forward(LayerContext context, IReadOnlyList<torch.Tensor> inputs);
}
