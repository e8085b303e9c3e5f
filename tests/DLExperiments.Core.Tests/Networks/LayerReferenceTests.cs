using System.Text.Json.Nodes;
using DLExperiments.Catalogues;
using DLExperiments.Networks;
using DLExperiments.Networks.Torch;
using TorchSharp;
using static TorchSharp.torch;

namespace DLExperiments.Tests.Networks;

/// <summary>Layers against PyTorch's numbers in tests/Reference/layers.json, which says how it was made.</summary>
public class LayerReferenceTests : IClassFixture<TorchFixture>
{
    // Drawn masks and scripts have no counterpart in PyTorch; they are tested elsewhere.
    private static readonly string[] WithoutReference = ["Dropout", "Dropout2d", "AlphaDropout", "DropPath", "Lambda"];

    private static readonly JsonArray Facts = (JsonArray)JsonNode.Parse(File.ReadAllText(Repository.PathOf("tests", "Reference", "layers.json")))!["cases"]!;

    public static TheoryData<int, string> Places
    {
        get
        {
            var data = new TheoryData<int, string>();
            for (int i = 0; i < Facts.Count; i++) data.Add(i, $"{Facts[i]!["type"]} {Facts[i]!["settings"]!.ToJsonString()} {(Facts[i]!["training"]!.GetValue<bool>() ? "training" : "")}");
            return data;
        }
    }

    [Fact]
    public void EveryLayerHasAReference() =>
        Assert.Empty(Catalogue<Layer>.Default.Entries.Where(e => e.Type.Assembly == typeof(Layer).Assembly).Select(e => e.Name)
            .Except(Facts.Select(f => f!["type"]!.GetValue<string>())).Except(WithoutReference));

    [Theory]
    [MemberData(nameof(Places))]
    public void OutputsAndStatisticsAreThoseOfPyTorch(int place, string name)
    {
        Assert.NotEmpty(name);
        JsonObject fact = (JsonObject)Facts[place]!;
        var settings = (JsonObject)fact["settings"]!.DeepClone();
        settings["type"] = fact["type"]!.DeepClone();
        int batch = fact["batch"]!.GetValue<int>();
        Shape[] shapes = [.. fact["shapes"]!.AsArray().Select(s => new Shape([.. s!.AsArray().Select(n => n!.GetValue<int>())]))];
        NetworkDefinition network = NetworkDefinition.Create(shapes.Select((s, i) => new NetworkInput($"in{i}", s)))
            .Add(Catalogue<Layer>.Default.FromJson(settings), "it", [.. shapes.Select((_, i) => $"in{i}")]);
        var parameters = (JsonObject)fact["parameters"]!;
        Assert.Equal(parameters.Select(p => p.Key).Order(), network.Layers[0].Parameters.Select(p => p.Name).Order());
        var weights = new WeightSet(network.Layers[0].Parameters.Select(p => new WeightTensor($"it.{p.Name}", p.Shape, Floats(parameters[p.Name]!), p.IsBuffer)));
        bool training = fact["training"]!.GetValue<bool>();
        // Batch statistics of a frozen layer are another test's; here the layer is free.
        using var net = new TorchNetwork(network, weights);
        using DisposeScope scope = NewDisposeScope();
        using IDisposable quiet = no_grad();
        Tensor[] inputs = [.. shapes.Select((s, i) => tensor(Floats(fact["inputs"]![i]!), s.WithBatch(batch)))];

        Tensor output = net.Forward(inputs, training)[0];

        Assert.Equal(fact["outputShape"]!.AsArray().Select(n => n!.GetValue<long>()), output.shape);
        Near(Floats(fact["output"]!), [.. output.contiguous().data<float>()]);
        WeightSet after = net.ExportWeights();
        foreach ((string buffer, JsonNode? values) in (JsonObject)fact["after"]!) Near(Floats(values!), after[$"it.{buffer}"].Values);
    }

    private static float[] Floats(JsonNode node) => [.. node.AsArray().Select(n => n!.GetValue<float>())];

    // Single precision on both sides, sums of up to some 70 products: a few 1e-6 apart at most.
    private static void Near(float[] expected, float[] actual)
    {
        Assert.Equal(expected.Length, actual.Length);
        for (int i = 0; i < expected.Length; i++)
            Assert.True(Math.Abs(expected[i] - actual[i]) <= 1e-5 * Math.Max(1, Math.Abs(expected[i])), $"element {i}: expected {expected[i]}, got {actual[i]}");
    }
}
