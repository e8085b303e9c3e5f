using System.Text.Json.Nodes;
using DLExperiments.Data;
using DLExperiments.Networks;
using DLExperiments.Networks.Layers;
using DLExperiments.Randomness;

namespace DLExperiments.Benchmarks;

/// <summary>One network to measure, in words that every peer builds it from.</summary>
/// <param name="Name">What it is.</param>
/// <param name="Input">The shape of a sample.</param>
/// <param name="Layers">conv:channels:kernel:padding, bn, relu, pool, flatten, linear:features; embed:symbols:features, lstm:units (the state after the last step) for symbols.</param>
/// <param name="Batch">Rows in a batch.</param>
/// <param name="Optimizer">SGD (with momentum) or Adam.</param>
/// <param name="Rate">The learning rate.</param>
/// <param name="Rows">Rows of data.</param>
/// <param name="Epochs">Epochs of a measurement.</param>
/// <param name="Threads">How many threads each side has.</param>
internal sealed record TorchCase(string Name, int[] Input, string Layers, int Batch, string Optimizer, double Rate, int Rows, int Epochs, int Threads = 1)
{
    internal static readonly TorchCase[] Images =
    [
        new("CIFAR 32-64-128", [3, 32, 32], "conv:32:3:1 bn relu pool conv:64:3:1 bn relu pool conv:128:3:1 bn relu pool flatten linear:10", 64, "SGD", 0.01, 1024, 1),
        new("LeNet-5", [1, 28, 28], "conv:6:5:2 relu pool conv:16:5:0 relu pool flatten linear:120 relu linear:84 relu linear:10", 64, "SGD", 0.02, 4096, 1),
        new("CNN of 10,330", [1, 28, 28], "conv:16:3:1 relu pool conv:16:3:1 relu pool flatten linear:10", 32, "Adam", 1e-3, 2048, 1),
    ];

    internal static readonly TorchCase[] Dense =
    [
        Mlp(8, 8, 4, 8, "SGD", 2048, 8), Mlp(8, 8, 4, 8, "Adam", 2048, 8), Mlp(32, 64, 4, 32, "SGD", 2048, 16), Mlp(32, 64, 4, 32, "Adam", 2048, 16),
        Mlp(784, 128, 10, 32, "SGD", 8192, 4), Mlp(784, 128, 10, 32, "Adam", 8192, 4), Mlp(784, 128, 10, 128, "SGD", 8192, 4), Mlp(784, 128, 10, 128, "Adam", 8192, 4),
    ];

    /// <summary>The character model of a text generator: one hundred symbols in, the next one out.</summary>
    internal static readonly TorchCase[] Recurrent =
    [
        new("LSTM 256 of characters", [100], "embed:96:300 lstm:256 linear:96", 64, "Adam", 1e-3, 448, 1),
        new("LSTM 128 of words", [80], "embed:5000:300 lstm:128 linear:2", 32, "Adam", 1e-3, 640, 1),
    ];

    internal string Title => $"{Name} b{Batch} {Optimizer}, {Threads} thread{(Threads == 1 ? "" : "s")}";

    /// <summary>How many classes there are: the features of the last layer.</summary>
    internal int Classes => int.Parse(Layers[(Layers.LastIndexOf(':') + 1)..]);

    /// <summary>How many symbols there are, or 0 for numbers.</summary>
    private int Symbols => Layers.StartsWith("embed:", StringComparison.Ordinal) ? int.Parse(Layers.Split(':')[1]) : 0;

    /// <summary>A picture for each class under noise, so that there is something to learn.</summary>
    internal (float[] X, int[] Y) MakeData()
    {
        var random = new RandomStream(11, RandomPurpose.Synthesis);
        int size = Input.Aggregate(1, (a, b) => a * b);
        if (Symbols > 0)
        {
            // The class is told by the last symbol.
            float[] text = [.. Enumerable.Range(0, Rows * size).Select(_ => (float)(random.NextUInt32() % Symbols))];
            return (text, [.. Enumerable.Range(0, Rows).Select(r => (int)text[((r + 1) * size) - 1] % Classes)]);
        }
        // Pictures differ in squares of 4 by 4 points, which pooling leaves; other rows point by point.
        int side = Input[^1], coarse = Input.Length == 3 ? 4 : 1;
        int Place(int i) => i / (side * coarse) * side * coarse + (i % side / coarse * coarse);
        float strength = Input.Length == 3 ? 1 : 0.3f;
        float[] pictures = [.. Enumerable.Range(0, Classes * size).Select(_ => (float)random.NextNormal())];
        float[] x = new float[Rows * size];
        int[] y = new int[Rows];
        for (int r = 0; r < Rows; r++)
        {
            y[r] = (int)(random.NextUInt32() % Classes);
            for (int i = 0; i < size; i++) x[(r * size) + i] = (strength * pictures[(y[r] * size) + Place(i)]) + (float)random.NextNormal();
        }
        return (x, y);
    }

    internal Dataset MakeDataset(float[] x, int[] y) => Dataset.Create(Name, [new FloatColumn("x", new Shape(Input), x)],
        [new ClassColumn("y", y, [.. Enumerable.Range(0, Classes).Select(c => $"c{c}")])]);

    internal NetworkDefinition MakeNetwork() => Layers.Split(' ').Aggregate(NetworkDefinition.Create(new Shape(Input)), (network, word) => network.Add(MakeLayer(word.Split(':'))));

    internal JsonObject Describe(string x, string y, bool loader) => new()
    {
        ["rows"] = Rows, ["threads"] = Threads, ["loader"] = loader,
        ["input"] = new JsonArray([.. Input.Select(s => (JsonNode)s)]), ["layers"] = Layers, ["batch"] = Batch, ["epochs"] = Epochs,
        ["rate"] = Rate, ["optimizer"] = Optimizer, ["x"] = x, ["y"] = y,
    };

    /// <summary>The case that <see cref="Describe"/> described.</summary>
    internal static TorchCase Read(JsonNode request) => new("", [.. request["input"]!.AsArray().Select(s => s!.GetValue<int>())], request["layers"]!.GetValue<string>(),
        request["batch"]!.GetValue<int>(), request["optimizer"]!.GetValue<string>(), request["rate"]!.GetValue<double>(), request["rows"]!.GetValue<int>(),
        request["epochs"]!.GetValue<int>(), request["threads"]!.GetValue<int>());

    private static TorchCase Mlp(int inputs, int hidden, int classes, int batch, string optimizer, int rows, int epochs) =>
        new($"{inputs}-{hidden}-{classes}", [inputs], $"linear:{hidden} relu linear:{classes}", batch, optimizer, optimizer == "Adam" ? 1e-3 : 1e-2, rows, epochs);

    private static Layer MakeLayer(string[] words) => words switch
    {
        ["conv", var channels, var kernel, var padding] => new Conv2dLayer { OutChannels = int.Parse(channels), KernelSize = [int.Parse(kernel)], Padding = new(int.Parse(padding)) },
        ["bn"] => new BatchNorm2dLayer(),
        ["embed", var symbols, var features] => new EmbeddingLayer { NumEmbeddings = int.Parse(symbols), EmbeddingDim = int.Parse(features) },
        ["lstm", var units] => new LSTMLayer { HiddenSize = int.Parse(units) },
        ["relu"] => new ReLULayer(),
        ["pool"] => new MaxPool2dLayer { KernelSize = [2] },
        ["flatten"] => new FlattenLayer(),
        ["linear", var features] => new LinearLayer { OutFeatures = int.Parse(features) },
        _ => throw new FormatException($"No layer '{words[0]}'."),
    };
}
