using DLExperiments.Networks;

namespace DLExperiments.Training.Fused;

/// <summary>Lays out the parameters of a network in one flat memory, as its layers ask for them.</summary>
/// <param name="lanes">Numbers in a vector; rows are padded to it.</param>
internal sealed class ParameterPlan(int lanes)
{
    private readonly Dictionary<string, ParameterSlot> slots = new(StringComparer.Ordinal);

    /// <summary>Numbers laid out so far, padding included.</summary>
    internal int Size { get; private set; }

    /// <summary>A width padded to whole vectors.</summary>
    internal int Pad(int width) => (width + lanes - 1) / lanes * lanes;

    /// <summary>Lays out one of a layer's parameters; null when the layer's settings leave it out.</summary>
    /// <param name="layer">The layer.</param>
    /// <param name="name">The parameter's name within the layer.</param>
    /// <param name="rows">How many rows; the rest of its numbers are columns.</param>
    internal ParameterSlot? Add(LayerNode layer, string name, int rows = 1)
    {
        if (layer.Parameters.FirstOrDefault(p => p.Name == name) is not { } parameter) return null;
        int columns = parameter.Shape.ElementCount / rows, width = Pad(columns);
        var slot = new ParameterSlot($"{layer.Name}.{name}", Size, rows, columns, width, !parameter.IsBuffer && !layer.IsFrozen);
        slots.Add(slot.Name, slot);
        Size += rows * width;
        return slot;
    }

    /// <summary>The slots in the order of the network's parameters.</summary>
    /// <param name="network">The network.</param>
    internal ParameterSlot[] InOrder(NetworkDefinition network) =>
        [.. network.Layers.SelectMany(layer => layer.Parameters.Select(p => slots[$"{layer.Name}.{p.Name}"]))];
}
