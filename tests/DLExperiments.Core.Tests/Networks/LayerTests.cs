using System.Text.Json.Nodes;
using DLExperiments.Catalogues;
using DLExperiments.Native;
using DLExperiments.Networks;
using DLExperiments.Networks.Layers;
using DLExperiments.Networks.Torch;
using DLExperiments.Randomness;
using TorchSharp;
using static TorchSharp.torch;

namespace DLExperiments.Tests.Networks;

/// <summary>What must hold for every layer of the catalogue; a layer without a case fails the first test.</summary>
public class LayerTests : IClassFixture<TorchFixture>
{
    // What it computes is the user's own; LambdaTests has its cases.
    private static readonly string[] OfTheUser = ["Lambda"];

    [Fact]
    public void EveryLayerHasACase() =>
        Assert.Empty(Catalogue<Layer>.Default.Entries.Where(e => e.Type.Assembly == typeof(Layer).Assembly).Select(e => e.Name)
            .Except(LayerCase.All.Select(c => c.Type)).Except(OfTheUser));

    [Fact]
    public void EverySettingOfEveryLayerIsInACase()
    {
        var used = LayerCase.All.SelectMany(c => ((JsonObject)JsonNode.Parse(c.Settings)!).Select(p => $"{c.Type}.{p.Key}".ToUpperInvariant())).ToHashSet();
        // What layers inherit is covered once by the layer that introduces it in its cases.
        var all = Catalogue<Layer>.Default.Entries.Where(e => e.Type.Assembly == typeof(Layer).Assembly && !OfTheUser.Contains(e.Name))
            .SelectMany(e => e.Parameters.Where(p => p.Property.DeclaringType == e.Type).Select(p => $"{e.Name}.{p.Name}".ToUpperInvariant()));
        Assert.Empty(all.Except(used));
    }

    [Fact]
    public void NoSettingHasTheNameOfAParameterOfAddLayerOrOfThePowerShellEngine()
    {
        string[] taken = ["Type", "Name", "From", "Frozen", "Activation", "Share", "Tie", "Output", "Seed", "Body", "InputObject", "Arguments", "Verbose", "Debug", "ErrorAction", "WarningAction",
            "InformationAction", "ProgressAction", "ErrorVariable", "WarningVariable", "InformationVariable", "OutVariable", "OutBuffer", "PipelineVariable"];
        Assert.Empty(Catalogue<Layer>.Default.Entries.SelectMany(e => e.Parameters.Select(p => p.Name)).Intersect(taken, StringComparer.OrdinalIgnoreCase));
    }

    [Fact]
    public void EveryLayerAndSettingIsDescribed()
    {
        Assert.Empty(Catalogue<Layer>.Default.Entries.Where(e => e.Description.Length == 0).Select(e => e.Name));
        Assert.Empty(Catalogue<Layer>.Default.Entries.SelectMany(e => e.Parameters.Where(p => p.Description.Length == 0).Select(p => $"{e.Name}.{p.Name}")));
    }

    [Theory]
    [MemberData(nameof(LayerCase.Places), MemberType = typeof(LayerCase))]
    public void InferredShapeIsTheShapeOfTheOutput(int place, string name)
    {
        Assert.NotEmpty(name);
        LayerCase layer = LayerCase.All[place];
        NetworkDefinition network = layer.MakeNetwork();
        using var net = new TorchNetwork(network, WeightSet.Initialise(network, 1));
        using DisposeScope scope = NewDisposeScope();
        foreach (bool training in new[] { false, true })
        {
            Tensor[] inputs = [.. layer.Shapes.Select((s, i) => tensor(layer.MakeValues(i, 3), s.WithBatch(3)).to(ScalarType.Float32))];
            Assert.Equal(network.OutputShape.WithBatch(3), net.Forward(inputs, training)[0].shape);
        }
    }

    [Theory]
    [MemberData(nameof(LayerCase.Places), MemberType = typeof(LayerCase))]
    public void GradientsEqualFiniteDifferences(int place, string name)
    {
        Assert.NotEmpty(name);
        LayerCase layer = LayerCase.All[place];
        NetworkDefinition network = layer.MakeNetwork();
        WeightSet weights = WeightSet.Initialise(network, 3);
        // Weights that start at 0 or 1 would hide a wrong factor.
        foreach (WeightTensor weight in weights.Tensors.Where(w => !w.IsBuffer))
            for (int i = 0; i < weight.Values.Length; i++) weight.Values[i] += 0.1f * (((i * 7) % 5) - 1.7f);
        using var net = new TorchNetwork(network, weights, type: ScalarType.Float64);
        using DisposeScope scope = NewDisposeScope();
        bool differentiable = layer.Type is not ("Embedding" or "PaddingMask");
        Tensor[] inputs = [.. layer.Shapes.Select((s, i) => tensor(layer.MakeValues(i, 2), s.WithBatch(2)).requires_grad_(differentiable))];
        // Weighted sum of the outputs with fixed, uneven weights, so that no output's gradient can go missing.
        var random = new RandomStream(5, RandomPurpose.User);
        Tensor probe = tensor(Enumerable.Range(0, 2 * network.OutputShape.ElementCount).Select(_ => random.NextNormal()).ToArray(), network.OutputShape.WithBatch(2));
        Tensor Loss() => (net.Forward(inputs, training: true, seed: 9, step: 4)[0] * probe).sum();

        // A mask is constant and has no parameters: autograd has nothing to go through.
        if (Loss() is { requires_grad: true } loss) loss.backward();
        foreach ((Tensor values, Tensor? gradient) in inputs.Where(_ => differentiable).Select(t => (t.detach(), t.grad)).Append((net.FlatParameters, net.FlatGradients)))
        {
            double[] expected = gradient is null ? new double[values.numel()] : gradient.clone().data<double>().ToArray();
            Tensor flat = values.reshape(-1);
            for (int i = 0; i < expected.Length; i++)
            {
                // Central differences: error about h²·f'''/6 + ε·|f|/h ≈ 1e-10 for h = 1e-5 in double precision.
                const double h = 1e-5;
                double Shifted(double by)
                {
                    using IDisposable quiet = no_grad();
                    flat[i] += by;
                    double loss = Loss().item<double>();
                    flat[i] -= by;
                    return loss;
                }
                double difference = (Shifted(h) - Shifted(-h)) / (2 * h);
                Assert.True(Math.Abs(difference - expected[i]) <= 1e-6 * Math.Max(1, Math.Abs(difference)),
                    $"element {i} of [{string.Join(",", values.shape)}]: autograd {expected[i]}, finite difference {difference}");
            }
        }
    }

    [Theory]
    [MemberData(nameof(LayerCase.Places), MemberType = typeof(LayerCase))]
    public void JsonGivesTheSameLayerBack(int place, string name)
    {
        Assert.NotEmpty(name);
        NetworkDefinition network = LayerCase.All[place].MakeNetwork();
        string json = NetworkJson.Write(network);
        NetworkDefinition read = NetworkJson.Read(json);
        Assert.Equal(json, NetworkJson.Write(read));
        Assert.Equal(network.OutputShape, read.OutputShape);
        foreach (CatalogueParameter parameter in Catalogue<Layer>.Default.EntryOf(network.Layers[0].Layer).Parameters)
        {
            object? before = parameter.Property.GetValue(network.Layers[0].Layer), after = parameter.Property.GetValue(read.Layers[0].Layer);
            if (before is DLExperiments.Networks.Initialisers.Initialiser made)
                Assert.Equal(Catalogue<DLExperiments.Networks.Initialisers.Initialiser>.Default.ToJson(made).ToJsonString(),
                    Catalogue<DLExperiments.Networks.Initialisers.Initialiser>.Default.ToJson((DLExperiments.Networks.Initialisers.Initialiser)after!).ToJsonString());
            else
                Assert.Equal(before, after);
        }
    }

    [Theory]
    [MemberData(nameof(LayerCase.Places), MemberType = typeof(LayerCase))]
    public void LayersThatTakeFewerBitsGiveNearlyTheSame(int place, string name)
    {
        Assert.NotEmpty(name);
        LayerCase layer = LayerCase.All[place];
        if (!Processor.HasBFloat16 || layer.MakeLayer().Precision == LayerPrecision.Full) return;
        // A dense layer in front of each input, so that what comes in has fewer bits already.
        NetworkInput[] inputs = [.. layer.Shapes.Select((s, i) => new NetworkInput($"in{i}", s))];
        NetworkDefinition network = inputs.Aggregate(NetworkDefinition.Create(inputs), (n, i) => n.Add(new LinearLayer { OutFeatures = i.Shape[^1] }, $"dense_{i.Name}", [i.Name]))
            .Add(layer.MakeLayer(), "it", [.. inputs.Select(i => $"dense_{i.Name}")]);
        WeightSet weights = WeightSet.Initialise(network, 3);
        double[][] Run(Precision precision)
        {
            using var net = new TorchNetwork(network, weights, precision: precision);
            using DisposeScope scope = NewDisposeScope();
            Tensor[] batches = [.. layer.Shapes.Select((s, i) => tensor(layer.MakeValues(i, 2), s.WithBatch(2)).to(ScalarType.Float32))];
            Tensor output = net.Forward(batches, training: true, seed: 9, step: 4)[0];
            // Uneven weights: the sum of squares of what a normalisation gives is constant, and its gradient nothing but rounding.
            var random = new RandomStream(5, RandomPurpose.User);
            (output * tensor(Enumerable.Range(0, (int)output.numel()).Select(_ => (float)random.NextNormal()).ToArray(), output.shape)).sum().backward();
            return [Doubles(output), Doubles(net.FlatGradients)];
        }
        double[][] full = Run(Precision.Float32), half = Run(Precision.BFloat16);
        for (int part = 0; part < 2; part++)
        {
            // Two or three roundings of 0.4 % of the larger numbers, which pooling can turn into the choice of a neighbour nearly as large, and
            // normalisation of a few values makes up to ten times larger.
            double scale = full[part].Max(Math.Abs), off = full[part].Zip(half[part], (a, b) => Math.Abs(a - b)).Average();
            Assert.True(off <= 0.05 * scale, $"{(part == 0 ? "output" : "gradient")} is off by {off} on average, with values up to {scale}");
        }
    }

    private static double[] Doubles(Tensor values) => [.. values.detach().to(ScalarType.Float64).reshape(-1).data<double>()];
}
