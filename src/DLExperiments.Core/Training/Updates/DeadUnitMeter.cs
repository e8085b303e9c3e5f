using DLExperiments.Networks;
using DLExperiments.Networks.Torch;
using TorchSharp;

namespace DLExperiments.Training.Updates;

/// <summary>
/// Counts units that never fire. A unit is a channel of an image, a feature of a row or of each place of a sequence: what one set of weights computes.
/// </summary>
internal sealed class DeadUnitMeter
{
    private readonly TorchNetwork network;
    private readonly LayerNode[] layers;
    private readonly bool[]?[] fired;

    internal DeadUnitMeter(TorchNetwork network)
    {
        this.network = network;
        layers = [.. Layers(network.Definition)];
        fired = new bool[layers.Length][];
    }

    /// <summary>The layers whose units can die.</summary>
    internal static IEnumerable<LayerNode> Layers(NetworkDefinition network) => network.Layers.Where(l => l.Layer is ActivationLayer { CanDie: true });

    /// <summary>Looks at a batch, in evaluation mode.</summary>
    internal void Add(IReadOnlyList<torch.Tensor> inputs)
    {
        torch.Tensor[] outputs = network.Forward(inputs, training: false, outputs: [.. layers.Select(l => l.Name)]);
        for (int i = 0; i < layers.Length; i++)
        {
            long unitDimension = layers[i].OutputShape.Count == 2 ? 2 : 1;
            torch.Tensor units = outputs[i].transpose(0, unitDimension).flatten(1).amax([1]).gt(0).cpu();
            bool[] now = [.. units.data<bool>()];
            fired[i] = fired[i] is { } before ? [.. before.Zip(now, (a, b) => a || b)] : now;
        }
    }

    /// <summary>How many of how many units of each layer did not fire.</summary>
    internal IReadOnlyList<(string Layer, int Dead, int Units)> Read() => [.. layers.Select((l, i) => (l.Name, fired[i]!.Count(f => !f), fired[i]!.Length))];
}
