using DLExperiments.Networks;

namespace DLExperiments.Models;

/// <summary>One weight of a model and its statistics.</summary>
/// <param name="Name">Full name: <c>layer.parameter</c>.</param>
/// <param name="Shape">Its shape.</param>
/// <param name="Count">How many numbers it has.</param>
/// <param name="IsTrainable">False for buffers and for weights of frozen layers.</param>
/// <param name="Mean">Mean of the numbers.</param>
/// <param name="StandardDeviation">Standard deviation of the numbers (population).</param>
/// <param name="Minimum">Least of the numbers.</param>
/// <param name="Maximum">Greatest of the numbers.</param>
/// <param name="Values">A copy of the numbers, row-major.</param>
public sealed record WeightInfo(string Name, Shape Shape, int Count, bool IsTrainable, double Mean, double StandardDeviation,
    float Minimum, float Maximum, float[] Values)
{
    /// <summary>The weights of a model, in the order of its layers.</summary>
    /// <param name="model">The model.</param>
    public static IEnumerable<WeightInfo> List(Model model)
    {
        var frozen = model.Network.Layers.Where(l => l.IsFrozen).Select(l => l.Name).ToHashSet();
        foreach (WeightTensor tensor in model.Weights.Tensors)
        {
            double mean = tensor.Values.Average(v => (double)v);
            double deviation = Math.Sqrt(tensor.Values.Average(v => (v - mean) * (v - mean)));
            bool trainable = !tensor.IsBuffer && !frozen.Contains(tensor.Name[..tensor.Name.LastIndexOf('.')]);
            yield return new WeightInfo(tensor.Name, tensor.Shape, tensor.Values.Length, trainable, mean, deviation,
                tensor.Values.Min(), tensor.Values.Max(), (float[])tensor.Values.Clone());
        }
    }
}
