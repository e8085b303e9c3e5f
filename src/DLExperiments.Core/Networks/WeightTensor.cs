using System.Collections;
using System.Globalization;
using DLExperiments.Errors;

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

    /// <summary>Replaces the values, in place.</summary>
    /// <param name="value">What <see cref="Flatten"/> takes.</param>
    public void Assign(object? value) => Flatten(value).CopyTo(Values, 0);

    /// <summary>Brings numbers into this tensor's order, without changing it.</summary>
    /// <param name="value">A number, or a list of numbers or of lists: nested like the shape, or flat in row-major order.</param>
    /// <exception cref="ExperimentException">WeightShapeMismatch: not as many numbers as the shape has, or nested otherwise;
    /// InvalidWeight: something that is not a finite number.</exception>
    public float[] Flatten(object? value)
    {
        // Millions of numbers, as word vectors are, need no look at each as an object.
        if (value is float[] plain && plain.Length == Values.Length && Array.TrueForAll(plain, float.IsFinite)) return [.. plain];
        var numbers = new List<float>(Values.Length);
        List<int> nesting = [];
        Collect(value, numbers, nesting, 0);
        bool nestedLikeShape = nesting.SequenceEqual(Shape.Sizes) || nesting.Count <= 1;
        if (numbers.Count != Values.Length || !nestedLikeShape)
            throw new ExperimentException("WeightShapeMismatch", ErrorKind.InvalidArgument,
                $"'{Name}' has the shape {Shape} ({Values.Length} numbers); the value has {numbers.Count}, nested as [{string.Join(",", nesting)}].", Name);
        return [.. numbers];
    }

    private void Collect(object? value, List<float> numbers, List<int> nesting, int depth)
    {
        if (value is IEnumerable list and not string)
        {
            object?[] items = [.. list.Cast<object?>()];
            if (nesting.Count == depth) nesting.Add(items.Length);
            else if (nesting[depth] != items.Length)
                throw new ExperimentException("WeightShapeMismatch", ErrorKind.InvalidArgument,
                    $"The value for '{Name}' is ragged: one list has {nesting[depth]} items, another {items.Length}.", Name);
            foreach (object? item in items) Collect(item, numbers, nesting, depth + 1);
            return;
        }
        float number = value is null || !double.TryParse(Convert.ToString(value, CultureInfo.InvariantCulture), NumberStyles.Float, CultureInfo.InvariantCulture, out double parsed)
            ? float.NaN : (float)parsed;
        if (!float.IsFinite(number))
            throw new ExperimentException("InvalidWeight", ErrorKind.InvalidArgument,
                $"The value for '{Name}' holds {value ?? "null"}, which is not a finite number.", Name);
        numbers.Add(number);
    }
}
