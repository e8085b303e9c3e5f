using TorchSharp;
using static TorchSharp.torch;

namespace DLExperiments.Networks.Torch;

/// <summary>
/// The buffers of a network (running statistics), each a tensor of its own: autograd counts changes of views of one tensor together, and would
/// take a change of one layer's buffer for a change of the one that another layer needs for its gradient.
/// </summary>
internal sealed class BufferSet : IDisposable
{
    private readonly Dictionary<string, Tensor> tensors = new(StringComparer.Ordinal);

    internal BufferSet(IEnumerable<(string Name, ParameterSpec Specification)> buffers, ScalarType type, Device device)
    {
        foreach ((string name, ParameterSpec buffer) in buffers)
            tensors.Add(name, zeros([.. buffer.Shape.Select(s => (long)s)], type, device).DetachFromDisposeScope());
    }

    internal IEnumerable<string> Names => tensors.Keys;

    internal Tensor this[string name] => tensors[name];

    /// <summary>Takes values in from managed memory.</summary>
    internal void Load(WeightSet weights)
    {
        using DisposeScope scope = NewDisposeScope();
        foreach ((string name, Tensor tensor) in tensors) tensor.copy_(torch.tensor(weights[name].Values, tensor.shape));
    }

    /// <summary>Gives values back to managed memory.</summary>
    internal void Export(IDictionary<string, float[]> target)
    {
        using DisposeScope scope = NewDisposeScope();
        foreach ((string name, Tensor tensor) in tensors) target[name] = tensor.to(ScalarType.Float32).cpu().data<float>().ToArray();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (Tensor tensor in tensors.Values) tensor.Dispose();
    }
}
