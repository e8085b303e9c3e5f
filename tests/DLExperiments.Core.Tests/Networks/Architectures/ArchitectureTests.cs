using System.Diagnostics;
using DLExperiments.Catalogues;
using DLExperiments.Networks;
using DLExperiments.Networks.Architectures;
using DLExperiments.Networks.Layers;

namespace DLExperiments.Tests.Networks.Architectures;

public class ArchitectureTests
{
    public static TheoryData<int, string> Places
    {
        get
        {
            var data = new TheoryData<int, string>();
            for (int i = 0; i < ArchitectureCase.All.Length; i++)
                data.Add(i, $"{ArchitectureCase.All[i].Name} {ArchitectureCase.All[i].Settings} {ArchitectureCase.All[i].Input}");
            return data;
        }
    }

    [Fact]
    public void EveryArchitectureHasACase() =>
        Assert.Empty(Catalogue<Architecture>.Default.Entries.Where(e => e.Type.Assembly == typeof(Architecture).Assembly).Select(e => e.Name)
            .Except(ArchitectureCase.All.Select(c => c.Name)));

    [Fact]
    public void EveryArchitectureAndParameterIsDescribed()
    {
        IReadOnlyList<CatalogueEntry> entries = Catalogue<Architecture>.Default.Entries;
        Assert.Empty(entries.Where(e => e.Description.Length == 0).Select(e => e.Name));
        Assert.Empty(entries.SelectMany(e => e.Parameters.Where(p => p.Description.Length == 0).Select(p => $"{e.Name}.{p.Name}")));
        Assert.Empty(entries.SelectMany(e => e.Parameters.Select(p => p.Name)).Intersect(["Architecture", "InputShape", "Name", "InputObject"]));
    }

    [Theory]
    [MemberData(nameof(Places))]
    public void ParameterCountIsThePublishedOne(int place, string name)
    {
        Assert.NotEmpty(name);
        Assert.Equal(ArchitectureCase.All[place].ParameterCount, ArchitectureCase.All[place].Build().ParameterCount);
    }

    [Theory]
    [MemberData(nameof(Places))]
    public void JsonGivesTheSameNetworkBack(int place, string name)
    {
        Assert.NotEmpty(name);
        NetworkDefinition network = ArchitectureCase.All[place].Build();
        string json = NetworkJson.Write(network);
        NetworkDefinition read = NetworkJson.Read(json);
        Assert.Equal(json, NetworkJson.Write(read));
        Assert.Equal((network.ParameterCount, network.Outputs.Length, network.OutputShape), (read.ParameterCount, read.Outputs.Length, read.OutputShape));
    }

    [Fact]
    public void BuildingAllocatesNoWeightsAndTakesWellUnderASecond()
    {
        BuildResNet50();
        long before = GC.GetAllocatedBytesForCurrentThread();
        var watch = Stopwatch.StartNew();
        NetworkDefinition network = BuildResNet50();
        watch.Stop();
        // The weights alone would be 102 MB; on an idle machine this takes some 10 ms.
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 20_000_000);
        Assert.InRange(watch.Elapsed.TotalSeconds, 0, 0.5);
        Assert.Equal(25_557_032, network.ParameterCount);
    }

    [Fact]
    public void WeightsHaveTheNamesOfTorchvision()
    {
        HashSet<string> names = [.. Catalogue<Architecture>.Default.Create("ResNet50").Build().Layers.SelectMany(l => l.Parameters.Select(p => $"{l.Name}.{p.Name}"))];
        // 53 convolutions, 53 normalisations with 5 tensors each, a weight and a bias at the end.
        Assert.Equal(53 + (53 * 5) + 2, names.Count);
        Assert.Superset(new HashSet<string> { "conv1.weight", "bn1.running_mean", "layer1.0.conv3.weight", "layer1.0.downsample.0.weight", "layer4.2.bn2.num_batches_tracked", "fc.bias" }, names);
    }

    [Fact]
    public void OtherInputSizesWorkOrNameTheLayerThatFails()
    {
        Architecture resnet = Catalogue<Architecture>.Default.Create("ResNet18");
        Assert.Equal(new Shape(1000), resnet.Build(new Shape(3, 65, 47)).OutputShape);
        Assert.Equal(11_689_512 - (2 * 49 * 64), resnet.Build(new Shape(1, 32, 32)).ParameterCount);

        var tooSmall = Assert.Throws<ShapeException>(() => Catalogue<Architecture>.Default.Create("VGG16").Build(new Shape(3, 16, 16)));
        Assert.Contains("'features.30'", tooSmall.Message);
        var flat = Assert.Throws<ShapeException>(() => resnet.Build(new Shape(784)));
        Assert.Contains("Conv2d 'conv1' wants [C,H,W], got [784]", flat.Message);
    }

    [Fact]
    public void AuxiliaryHeadsAreOutputsAfterTheFirst()
    {
        NetworkDefinition network = Catalogue<Architecture>.Default.Create("GoogLeNet", new Dictionary<string, object> { ["Auxiliary"] = true, ["Classes"] = 7 }).Build();
        Assert.Equal(["fc", "aux1.fc2", "aux2.fc2"], network.Outputs.AsEnumerable());
        Assert.All(network.Outputs, o => Assert.Equal(new Shape(7), network.ShapeOf(o)));
    }

    [Fact]
    public void AnActivationIsAskedForWhereOneIsWanted()
    {
        var wrong = Assert.Throws<DLExperiments.Errors.ExperimentException>(() =>
            Catalogue<Architecture>.Default.Create("MLP", new Dictionary<string, object> { ["Activation"] = "Flatten" }));
        Assert.Equal("InvalidParameterType", wrong.ErrorId);
        NetworkDefinition network = Catalogue<Architecture>.Default.Create("MLP", new Dictionary<string, object> { ["Activation"] = "Tanh" }).Build();
        Assert.IsType<TanhLayer>(network.Layers.Single(l => l.Name == "act2").Layer);
    }

    private static NetworkDefinition BuildResNet50() => Catalogue<Architecture>.Default.Create("ResNet50").Build();
}
