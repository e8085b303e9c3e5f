using TorchSharp;
using static TorchSharp.torch;

namespace DLExperiments.Networks.Torch;

/// <summary>One tensor that holds many parameters one after the other, and a view of it for each.</summary>
internal sealed class FlatBuffer : IDisposable
{
    private readonly List<ParameterSlice> slices = [];
    private readonly Dictionary<string, Tensor> views = new(StringComparer.Ordinal);

    internal FlatBuffer(IEnumerable<(string Name, ParameterSpec Specification)> parameters, ScalarType type, Device device, bool requiresGrad)
    {
        long length = 0;
        foreach ((string name, ParameterSpec parameter) in parameters)
        {
            slices.Add(new ParameterSlice(name, parameter.Shape, length, parameter.Shape.ElementCount, parameter.IsBias));
            length += parameter.Shape.ElementCount;
        }
        Values = zeros(length, type, device).DetachFromDisposeScope();
        Gradients = requiresGrad ? zeros(length, type, device).DetachFromDisposeScope() : null;
        foreach (ParameterSlice slice in slices)
        {
            Tensor view = View(Values, slice);
            if (Gradients is not null)
            {
                view.requires_grad_(true);
                // Autograd then adds into the flat gradient in place; it must be zeroed before each step.
                using Tensor gradient = View(Gradients, slice);
                view.grad = gradient;
            }
            views.Add(slice.Name, view.DetachFromDisposeScope());
        }
    }

    internal IReadOnlyList<ParameterSlice> Slices => slices;

    internal Tensor Values { get; }

    internal Tensor? Gradients { get; }

    internal Tensor this[string name] => views[name];

    /// <summary>Takes values in from managed memory, in one copy.</summary>
    internal void Load(WeightSet weights)
    {
        float[] all = new float[Values.numel()];
        foreach (ParameterSlice slice in slices) weights[slice.Name].Values.CopyTo(all, slice.Offset);
        using IDisposable quiet = no_grad();
        using Tensor source = tensor(all);
        Values.copy_(source);
    }

    /// <summary>Gives values back to managed memory, in one copy.</summary>
    internal void Export(IDictionary<string, float[]> target)
    {
        using DisposeScope scope = NewDisposeScope();
        float[] all = Values.to(ScalarType.Float32).cpu().data<float>().ToArray();
        foreach (ParameterSlice slice in slices) target[slice.Name] = all.AsSpan((int)slice.Offset, slice.Length).ToArray();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (Tensor view in views.Values) view.Dispose();
        Gradients?.Dispose();
        Values.Dispose();
    }

    private static Tensor View(Tensor flat, ParameterSlice slice)
    {
        using Tensor part = flat.narrow(0, slice.Offset, slice.Length);
        using Tensor shaped = part.view([.. slice.Shape.Select(s => (long)s)]);
        return shaped.detach();
    }
}
