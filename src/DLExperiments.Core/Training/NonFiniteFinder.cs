using DLExperiments.Errors;
using DLExperiments.Native;
using DLExperiments.Networks;
using DLExperiments.Networks.Torch;
using TorchSharp;

namespace DLExperiments.Training;

/// <summary>Finds where numbers that are not finite come from, when a loss became one: the first such layer says more than the loss does.</summary>
internal static class NonFiniteFinder
{
    private const int MostRows = 256;

    /// <summary>Looks for them.</summary>
    /// <param name="piece">The data.</param>
    /// <param name="rows">The rows that the loss was of.</param>
    /// <param name="weights">The weights then.</param>
    /// <returns>A sentence; null when nothing can be said.</returns>
    internal static string? Find(PreparedPiece piece, ReadOnlySpan<int> rows, WeightSet weights)
    {
        NetworkDefinition network = piece.Network;
        foreach (WeightTensor tensor in weights.Tensors)
            if (tensor.Values.Any(v => !float.IsFinite(v)))
                return $"The first numbers that are not finite are the weights '{tensor.Name}': a step before was too long.";
        // An objective that feeds the network with more than the data cannot be followed from here.
        if (piece.Sources.Count != network.Inputs.Length) return null;
        try
        {
            TorchLibrary.EnsureLoaded();
        }
        catch (ExperimentException)
        {
            return null; // a training in the module's own code needs no libtorch, and its error should not become another one
        }
        using var off = torch.no_grad();
        using var torchNetwork = new TorchNetwork(network, weights);
        string[] names = [.. network.Layers.Select(l => l.Name)];
        int first = int.MaxValue;
        for (int from = 0; from < rows.Length; from += MostRows)
        {
            using var scope = torch.NewDisposeScope();
            ReadOnlySpan<int> some = rows[from..Math.Min(from + MostRows, rows.Length)];
            var inputs = new torch.Tensor[network.Inputs.Length];
            for (int i = 0; i < inputs.Length; i++)
            {
                Shape shape = network.Inputs[i].Shape;
                float[] values = new float[some.Length * shape.ElementCount];
                piece.ReadInput(i, some, values);
                inputs[i] = torch.tensor(values, shape.WithBatch(some.Length));
            }
            torch.Tensor[] outputs = torchNetwork.Forward(inputs, training: false, outputs: names);
            for (int i = 0; i < Math.Min(first, outputs.Length); i++)
                if (!outputs[i].isfinite().all().item<bool>()) first = i;
        }
        return first == int.MaxValue
            ? "All layers give finite numbers on these rows; it is the loss that is not."
            : $"The first numbers that are not finite come out of the layer '{network.Layers[first].Name}' ({network.Layers[first].Type}).";
    }
}
