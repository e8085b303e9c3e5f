using System.Text.Json.Nodes;
using DLExperiments.Data;
using DLExperiments.Networks;
using DLExperiments.Networks.Layers;
using DLExperiments.Randomness;

namespace DLExperiments.Benchmarks;

/// <summary>One network size and batch size to measure.</summary>
/// <param name="Sizes">Inputs, hidden layers, outputs.</param>
/// <param name="Batch">Rows in a batch.</param>
/// <param name="Optimizer">SGD (with momentum) or Adam.</param>
/// <param name="Steps">About how many steps a measurement has.</param>
/// <param name="Goal">How many times faster than PyTorch it should be.</param>
internal sealed record FusedCase(int[] Sizes, int Batch, string Optimizer, int Steps, double Goal)
{
    private const int SmallRows = 2048, LargeRows = 8192;

    internal string Name => $"{string.Join('-', Sizes)} b{Batch} {Optimizer}";

    internal bool Classifies => Sizes[^1] > 1;

    internal int Rows => Sizes[0] > 100 ? LargeRows : SmallRows;

    internal int Epochs => Math.Max(1, Steps * Batch / Rows);

    internal double Rate => Optimizer == "Adam" ? 1e-3 : 1e-2;

    /// <summary>What the Python peers are asked for.</summary>
    internal JsonObject Describe(string x, string y) => new()
    {
        ["sizes"] = new JsonArray([.. Sizes.Select(s => (JsonNode)s)]), ["batch"] = Batch, ["epochs"] = Epochs, ["rate"] = Rate,
        ["optimizer"] = Optimizer, ["classify"] = Classifies, ["x"] = x, ["y"] = y,
    };

    /// <summary>Rows that a hidden random network of two layers labels, so that there is something to learn.</summary>
    internal (Dataset Data, float[] X, float[] Y) MakeData()
    {
        var random = new RandomStream(11, RandomPurpose.Synthesis);
        int inputs = Sizes[0], outputs = Sizes[^1];
        float[] x = new float[Rows * inputs], y = new float[Rows];
        for (int i = 0; i < x.Length; i++) x[i] = (float)random.NextNormal();
        double[] first = [.. Enumerable.Range(0, inputs * 8).Select(_ => random.NextNormal() / Math.Sqrt(inputs))];
        double[] second = [.. Enumerable.Range(0, outputs * 8).Select(_ => random.NextNormal())];
        for (int r = 0; r < Rows; r++)
        {
            double[] hidden = [.. Enumerable.Range(0, 8).Select(h => Math.Tanh(2 * Enumerable.Range(0, inputs).Sum(i => first[h * inputs + i] * x[r * inputs + i])))];
            double[] scores = [.. Enumerable.Range(0, outputs).Select(o => Enumerable.Range(0, 8).Sum(h => second[o * 8 + h] * hidden[h]))];
            y[r] = outputs == 1 ? (float)scores[0] : Array.IndexOf(scores, scores.Max());
        }
        DataColumn target = outputs == 1 ? new FloatColumn("y", new Shape(), y)
            : new ClassColumn("y", [.. y.Select(v => (int)v)], [.. Enumerable.Range(0, outputs).Select(c => $"c{c}")]);
        return (Dataset.Create(Name, [new FloatColumn("x", new Shape(inputs), x)], [target]), x, y);
    }

    internal NetworkDefinition MakeNetwork()
    {
        NetworkDefinition network = NetworkDefinition.Create(new Shape(Sizes[0]));
        foreach (int hidden in Sizes[1..^1]) network = network.Add(new LinearLayer { OutFeatures = hidden }).Add(new ReLULayer());
        return network.Add(new LinearLayer { OutFeatures = Sizes[^1] });
    }
}
