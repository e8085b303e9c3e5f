using System.Collections.Immutable;

namespace DLExperiments.Networks;

/// <summary>A layer at its place in a network: its name, where its input comes from, and what was inferred.</summary>
public sealed class LayerNode
{
    internal LayerNode(string name, Layer layer, ImmutableArray<string> from, ImmutableArray<Shape> inputShapes, Shape outputShape, bool frozen,
        string? sharedWith = null, ImmutableArray<WeightTie> ties = default)
    {
        Name = name;
        Layer = layer;
        From = from;
        InputShapes = inputShapes;
        OutputShape = outputShape;
        IsFrozen = frozen;
        SharedWith = sharedWith;
        Ties = ties.IsDefault ? [] : ties;
        Parameters = sharedWith is null ? [.. layer.GetParameters(inputShapes).Where(p => Ties.All(t => t.Parameter != p.Name))] : [];
    }

    /// <summary>The layer's name, unique in the network.</summary>
    public string Name { get; }

    /// <summary>The layer's type, as in the catalogue.</summary>
    public string Type => Layer.Type;

    /// <summary>The layer and its settings.</summary>
    public Layer Layer { get; }

    /// <summary>Names of the layers (or inputs) that feed it.</summary>
    public ImmutableArray<string> From { get; }

    /// <summary>Shapes that come in, without the batch dimension.</summary>
    public ImmutableArray<Shape> InputShapes { get; }

    /// <summary>The shape that goes out, without the batch dimension.</summary>
    public Shape OutputShape { get; }

    /// <summary>Whether its parameters are left alone by training.</summary>
    public bool IsFrozen { get; }

    /// <summary>The layer whose parameters this one computes with (a siamese twin), or null when it has its own.</summary>
    public string? SharedWith { get; }

    /// <summary>The layer that owns the parameters it computes with: itself, unless it shares another's.</summary>
    public string WeightOwner => SharedWith ?? Name;

    /// <summary>Parameters of other layers that it computes with in place of its own.</summary>
    public ImmutableArray<WeightTie> Ties { get; }

    /// <summary>The parameters and buffers that it owns; full names are <c>layer.parameter</c>. None when it shares another layer's.</summary>
    public ImmutableArray<ParameterSpec> Parameters { get; }

    /// <summary>How many trained numbers it has (buffers do not count).</summary>
    public long ParameterCount => Parameters.Where(p => !p.IsBuffer).Sum(p => (long)p.Shape.ElementCount);

    /// <summary>How many of them training changes: none when frozen.</summary>
    public long TrainableParameterCount => IsFrozen ? 0 : ParameterCount;

    /// <summary>Multiply-accumulate operations for one sample.</summary>
    public long MultiplyAdds => Layer.CountMultiplyAdds(InputShapes, OutputShape);

    internal LayerNode With(bool frozen) => new(Name, Layer, From, InputShapes, OutputShape, frozen, SharedWith, Ties);

    internal LayerNode With(WeightTie tie) => new(Name, Layer, From, InputShapes, OutputShape, IsFrozen, SharedWith, Ties.Add(tie));
}
