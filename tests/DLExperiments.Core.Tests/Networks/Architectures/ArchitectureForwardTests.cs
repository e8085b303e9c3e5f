using System.Collections;
using DLExperiments.Catalogues;
using DLExperiments.Networks;
using DLExperiments.Networks.Architectures;
using DLExperiments.Networks.Layers;
using DLExperiments.Networks.Torch;
using DLExperiments.Randomness;
using TorchSharp;
using static TorchSharp.torch;

namespace DLExperiments.Tests.Networks.Architectures;

/// <summary>Every architecture computes, at its published input and at others; the largest take seconds, all of them a minute or two.</summary>
[Trait("Speed", "Slow")]
public class ArchitectureForwardTests : IClassFixture<TorchFixture>
{
    private static readonly float[] Noise = MakeNoise();

    public static TheoryData<string> Names => [.. Catalogue<Architecture>.Default.Entries.Where(e => e.Type.Assembly == typeof(Architecture).Assembly).Select(e => e.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void ItComputesAtThePublishedInput(string name) => Compute(Catalogue<Architecture>.Default.Create(name).Build());

    [Theory]
    [InlineData("AlexNet", "3,96,128")]
    [InlineData("AlexNetSingleStream", "3,256,260")]
    [InlineData("Autoencoder", "3,5,7")]
    [InlineData("CNN", "1,40,24")]
    [InlineData("ConvAutoencoder", "1,16,24")]
    [InlineData("ConvNeXtSmall", "1,64,96")]
    [InlineData("CycleGanGenerator", "3,32,48")]
    [InlineData("DenseNet169", "1,64,80")]
    [InlineData("DQN", "9")]
    [InlineData("EmbeddingClassifier", "17")]
    [InlineData("GanDiscriminator", "3,16,24")]
    [InlineData("GanGenerator", "7")]
    [InlineData("GoogLeNet", "3,97,64")]
    [InlineData("GPT", "13")]
    [InlineData("InceptionV3", "1,128,100")]
    [InlineData("LeNet5", "3,36,40")]
    [InlineData("MLP", "2,3,4")]
    [InlineData("MobileNetV2", "1,96,64")]
    [InlineData("MultiTask", "1,40,48")]
    [InlineData("PatchDiscriminator", "1,64,48")]
    [InlineData("Perceptron", "5")]
    [InlineData("RecurrentClassifier", "23")]
    [InlineData("RecurrentGenerator", "23")]
    [InlineData("RecurrentRegressor", "23,4")]
    [InlineData("ResNet34", "1,65,47")]
    [InlineData("ResNet101", "4,64,64")]
    [InlineData("ResNeXt50_32x4d", "3,50,70")]
    [InlineData("SimpleCNN", "3,20,24")]
    [InlineData("Siamese", "1,48,40")]
    [InlineData("SkipAutoencoder", "3,32,48")]
    [InlineData("TinyUNet", "3,9,11")]
    [InlineData("TransformerClassifier", "31")]
    [InlineData("UNet", "1,32,48")]
    [InlineData("VAE", "3,16,24")]
    [InlineData("VGG13", "1,64,96")]
    [InlineData("VisionTransformer", "3,64,96")]
    [InlineData("WideResNet50_2", "3,64,64")]
    [InlineData("YOLOv8nCls", "1,96,64")]
    public void ItComputesAtOtherInputs(string name, string input) => Compute(Catalogue<Architecture>.Default.Create(name).Build(Shape.Parse(input)));

    [Theory]
    [InlineData("GoogLeNet", 3)]
    [InlineData("InceptionV3", 2)]
    public void AuxiliaryHeadsComputeAndTrain(string name, int heads)
    {
        NetworkDefinition network = Catalogue<Architecture>.Default.Create(name, new Hashtable { ["Auxiliary"] = true, ["Classes"] = 7 }).Build();
        Assert.Equal(heads, network.Outputs.Length);
        using var net = new TorchNetwork(network, MakeWeights(network));
        using DisposeScope scope = NewDisposeScope();
        Tensor[] outputs = net.Forward([tensor(Noise.AsSpan(0, 2 * network.InputShape.ElementCount).ToArray(), network.InputShape.WithBatch(2))], training: true);
        Assert.All(outputs, o => Assert.Equal([2, 7], o.shape));
        // The loss of the paper: each auxiliary head counts 0.3.
        outputs.Select((o, i) => o.square().mean() * (i == 0 ? 1 : 0.3)).Aggregate((a, b) => a + b).backward();
        foreach (string head in network.Outputs) Assert.True(GradientOf(net, $"{head}.weight") > 0, head);
    }

    private static double GradientOf(TorchNetwork net, string weight)
    {
        ParameterSlice slice = net.ParameterSlices.Single(s => s.Name == weight);
        return net.FlatGradients.narrow(0, slice.Offset, slice.Length).abs().sum().item<float>();
    }

    private static void Compute(NetworkDefinition network)
    {
        using var net = new TorchNetwork(network, MakeWeights(network));
        using DisposeScope scope = NewDisposeScope();
        using IDisposable quiet = no_grad();
        Tensor[] outputs = net.Forward([.. network.Inputs.Select(i => MakeInput(network, i))], training: false);
        Assert.Equal(network.Outputs.Select(o => network.ShapeOf(o)), outputs.Select(o => new Shape([.. o.shape.Skip(1).Select(s => (int)s)])));
        Assert.All(outputs, o => Assert.True(o.isfinite().all().item<bool>()));
    }

    private static Tensor MakeInput(NetworkDefinition network, NetworkInput input)
    {
        int? symbols = network.Layers.Where(l => l.From.Contains(input.Name)).Select(l => l.Layer).OfType<EmbeddingLayer>().Select(e => (int?)e.NumEmbeddings).FirstOrDefault();
        float[] values = [.. Enumerable.Range(0, input.Shape.ElementCount).Select(i => symbols is { } n ? (i * 7) % n : Noise[i])];
        return tensor(values, input.Shape.WithBatch(1));
    }

    // Noise of the size that He and others 2015 give; the architectures' own start of up to 198 million numbers would take most of the time here.
    private static WeightSet MakeWeights(NetworkDefinition network) => new(network.Layers.SelectMany(l => l.Parameters.Select(p =>
    {
        float[] values = new float[p.Shape.ElementCount];
        if (p.IsBuffer || p.Shape.Sizes.Count(s => s > 1) < 2) p.Initialiser.Fill(values, p, new RandomStream(1, RandomPurpose.Initialisation));
        else Fill(values, (float)Math.Sqrt(2.0 / p.FanIn));
        return new WeightTensor($"{l.Name}.{p.Name}", p.Shape, values, p.IsBuffer);
    })));

    private static void Fill(float[] values, float scale)
    {
        for (int i = 0, from = values.Length % 101; i < values.Length; i++, from++) values[i] = scale * Noise[from % Noise.Length];
    }

    private static float[] MakeNoise()
    {
        var random = new RandomStream(3, RandomPurpose.User);
        return [.. Enumerable.Range(0, 2 * 3 * 320 * 320).Select(_ => (float)random.NextNormal())];
    }
}
