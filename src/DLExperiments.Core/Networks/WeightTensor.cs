namespace DLExperiments.Networks;

/// <summary>One named tensor of a model in managed memory, float32, row-major.</summary>
public sealed class WeightTensor
{
    /// <summary>Makes a tensor over an array.</summary>
    /// <param name="name">Full name: <c>layer.parameter</c>.</param>
    /// <param name="shape">Its shape.</param>
    /// <param name="values">Its values, as many as the shape has elements; not copied.</param>
    /// <param name="isBuffer">True for a buffer (running statistics), which the optimizer leaves alone.</param>
    public WeightTensor(string name, Shape shape, float[] values, bool isBuffer = false)
    {
        if (values.Length != shape.ElementCount)
            throw new ArgumentException($"'{name}' has {values.Length} values for the shape {shape}.", nameof(values));
        Name = name;
        Shape = shape;
        Values = values;
        IsBuffer = isBuffer;
    }

    /// <summary>Full name: <c>layer.parameter</c>.</summary>
    public string Name { get; }

    /// <summary>Its shape.</summary>
    public Shape Shape { get; }

    /// <summary>Its values, row-major.</summary>
    public float[] Values { get; }

    /// <summary>Whether it is a buffer, which the optimizer leaves alone.</summary>
    public bool IsBuffer { get; }
}
