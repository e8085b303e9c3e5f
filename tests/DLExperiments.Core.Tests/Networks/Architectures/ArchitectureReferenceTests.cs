using System.Text;
using System.Text.Json.Nodes;
using DLExperiments.Catalogues;
using DLExperiments.Networks;
using DLExperiments.Networks.Architectures;
using DLExperiments.Networks.Torch;
using TorchSharp;
using static TorchSharp.torch;

namespace DLExperiments.Tests.Networks.Architectures;

/// <summary>Architectures against the same networks written in PyTorch: tests/Reference/architectures.py, whose numbers are in architectures.json.</summary>
public class ArchitectureReferenceTests : IClassFixture<TorchFixture>
{
    private const int Batch = 2;

    private static readonly JsonArray Facts = (JsonArray)JsonNode.Parse(File.ReadAllText(Repository.PathOf("tests", "Reference", "architectures.json")))!["cases"]!;

    public static TheoryData<int, string> Places
    {
        get
        {
            var data = new TheoryData<int, string>();
            for (int i = 0; i < Facts.Count; i++) data.Add(i, $"{Facts[i]!["name"]} {Facts[i]!["settings"]!.ToJsonString()}");
            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Places))]
    public void OutputsAreThoseOfPyTorch(int place, string name)
    {
        Assert.NotEmpty(name);
        var fact = (JsonObject)Facts[place]!;
        var settings = (JsonObject)fact["settings"]!.DeepClone();
        settings["type"] = fact["name"]!.DeepClone();
        Shape[] shapes = [.. fact["inputs"]!.AsArray().Select(s => new Shape([.. s!.AsArray().Select(n => n!.GetValue<int>())]))];
        NetworkDefinition network = Catalogue<Architecture>.Default.FromJson(settings).Build(shapes[0]);
        Assert.Equal(shapes, network.Inputs.Select(i => i.Shape));
        Assert.Equal(fact["parameters"]!.GetValue<long>(), network.ParameterCount);
        var weights = new WeightSet(network.Layers.SelectMany(l => l.Parameters.Select(p => new WeightTensor($"{l.Name}.{p.Name}", p.Shape, Weight($"{l.Name}.{p.Name}", p.Shape), p.IsBuffer))));
        using var net = new TorchNetwork(network, weights, type: ScalarType.Float64);
        using DisposeScope scope = NewDisposeScope();
        using IDisposable quiet = no_grad();

        Tensor[] outputs = net.Forward([.. shapes.Select((s, i) => Input(i, s, fact["indices"]!.GetValue<int>()))], training: false);

        Assert.Equal(fact["outputs"]!.AsArray().Count, outputs.Length);
        for (int i = 0; i < outputs.Length; i++)
        {
            JsonNode expected = fact["outputs"]![i]!;
            Assert.Equal(expected["shape"]!.AsArray().Select(n => n!.GetValue<long>()), outputs[i].shape.Skip(1));
            double[] values = [.. outputs[i].contiguous().data<double>()];
            double scale = Math.Max(1, values.Max(Math.Abs));
            // Double precision on both sides, but the two sine functions differ in the last digit, which turns up as the last bit of a few single-precision
            // weights: some 1e-7 of the largest value after 150 layers.
            foreach ((JsonNode? number, double value) in expected["first"]!.AsArray().Zip(values)) Assert.Equal(number!.GetValue<double>(), value, 1e-6 * scale);
            Assert.Equal(expected["sum"]!.GetValue<double>(), values.Zip(Noise("probe", values.Length), (v, p) => v * p).Sum(), 1e-6 * scale * Math.Sqrt(values.Length));
        }
    }

    [Theory]
    [InlineData("SimpleCNN")]
    [InlineData("CNN")]
    [InlineData("DQN")]
    [InlineData("Autoencoder")]
    [InlineData("ConvAutoencoder")]
    [InlineData("ConvCodeAutoencoder")]
    [InlineData("SkipAutoencoder")]
    [InlineData("VAE")]
    [InlineData("GanDiscriminator")]
    [InlineData("TinyUNet")]
    [InlineData("Siamese")]
    [InlineData("RecurrentRegressor")]
    [InlineData("RecurrentGenerator")]
    [InlineData("EmbeddingClassifier")]
    [InlineData("GPT")]
    [InlineData("YOLOv8nCls")]
    [InlineData("MobileNetV2")]
    [InlineData("AlexNetSingleStream")]
    public void FreshWeightsGiveFiniteOutputsAndGradientsAtThePublishedInput(string name)
    {
        NetworkDefinition network = Catalogue<Architecture>.Default.Create(name).Build();
        using var net = new TorchNetwork(network, WeightSet.Initialise(network, 1));
        using DisposeScope scope = NewDisposeScope();
        Tensor[] inputs = [.. network.Inputs.Select((input, i) => Input(i, input.Shape, network.Layers[0].Type == "Embedding" ? 60 : 0).to(ScalarType.Float32))];

        Tensor[] outputs = net.Forward(inputs, training: true, seed: 3);

        Assert.Equal(network.Outputs.Select(o => network.ShapeOf(o)), outputs.Select(o => new Shape([.. o.shape.Skip(1).Select(s => (int)s)])));
        Assert.All(outputs, o => Assert.True(o.isfinite().all().item<bool>()));
        outputs.Aggregate(zeros(1), (sum, o) => sum + o.square().mean()).backward();
        Assert.True(net.FlatGradients.isfinite().all().item<bool>());
        Assert.True(net.FlatGradients.abs().sum().item<float>() > 0);
    }

    // The same function as in the script: numbers that depend on the name and the place alone.
    private static double[] Noise(string name, int count)
    {
        double phase = 0.1 * Encoding.UTF8.GetBytes(name).Sum(b => b);
        double[] values = new double[count];
        for (int i = 0; i < count; i++)
        {
            double x = Math.Sin(((i + 1) * 12.9898) + phase) * 43758.5453;
            values[i] = (2 * (x - Math.Floor(x))) - 1;
        }
        return values;
    }

    private static float[] Weight(string name, Shape shape)
    {
        double[] noise = Noise(name, shape.ElementCount);
        double bound = Math.Sqrt(6.0 / shape.Sizes.Skip(1).Aggregate(1, (product, size) => product * size));
        Func<double, double> map =
            name.EndsWith("num_batches_tracked", StringComparison.Ordinal) ? _ => 0
            : name.EndsWith("running_var", StringComparison.Ordinal) ? u => 1 + (0.5 * u)
            : name.EndsWith("bias", StringComparison.Ordinal) || name.Contains("bias_", StringComparison.Ordinal) || name.EndsWith("running_mean", StringComparison.Ordinal) ? u => 0.1 * u
            : shape.Sizes.Count(s => s != 1) < 2 ? u => 1 + (0.2 * u)
            : u => u * bound;
        return Array.ConvertAll(noise, u => (float)map(u));
    }

    private static Tensor Input(int index, Shape shape, int indices)
    {
        double[] noise = Noise($"input{index}", Batch * shape.ElementCount);
        Func<double, double> map = indices > 0 ? u => Math.Floor((u + 1) / 2 * indices) : shape.Count > 0 ? u => u : u => (u * 500) + 500;
        return tensor(Array.ConvertAll(noise, u => map(u)), shape.WithBatch(Batch));
    }
}
