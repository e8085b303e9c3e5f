using System.Text.Json.Nodes;
using DLExperiments.Catalogues;
using DLExperiments.Errors;
using DLExperiments.Networks;
using DLExperiments.Networks.Torch;
using SampleExtension;
using TorchSharp;

namespace DLExperiments.Tests.Mechanism;

/// <summary>A layer of an assembly of one's own is one class, and has at once what the layers of the engine have; tests/Module/Extension.Tests.ps1 shows it in scripts.</summary>
public class ExtensionTests : IClassFixture<TorchFixture>
{
    public ExtensionTests() => CatalogueIndex.Register(typeof(CubeLayer).Assembly);

    [Fact]
    public void ItIsListedAndDescribed()
    {
        Assert.Empty(CatalogueIndex.Register(typeof(CubeLayer).Assembly));
        CatalogueEntry entry = Catalogue<Layer>.Default.Find("cubic");
        Assert.Equal((typeof(CubeLayer), "Cube"), (entry.Type, entry.Name));
        Assert.Equal("The sum of a value and a portion of its cube: y = x + Portion x³.", entry.Description);
        Assert.Equal("[[-Portion] <double>]", Assert.Single(entry.Parameters).ToString());
        Assert.Equal("How much of the cube is added.", entry.Parameters[0].Description);
    }

    [Fact]
    public void ItIsSavedReadSummarisedAndComputed()
    {
        NetworkDefinition network = NetworkDefinition.Create(new Shape(2)).Add(Catalogue<Layer>.Default.From("Cube"))
            .Add(Catalogue<Layer>.Default.FromJson(JsonNode.Parse("""{ "type": "Cube", "portion": 1 }""")!));
        string json = NetworkJson.Write(network);
        Assert.Contains("""{ "name": "cube_2", "type": "Cube", "portion": 1 }""", json, StringComparison.Ordinal);
        Assert.Equal(json, NetworkJson.Write(NetworkJson.Read(json)));
        Assert.Equal(["cube_1", "cube_2"], network.Summarize().Rows.Select(l => l.Name));
        using var net = new TorchNetwork(network, WeightSet.Initialise(network, 1));
        using DisposeScope scope = torch.NewDisposeScope();
        // 2 + 8/2 = 6, 6 + 216 = 222; -1 - 1/2 = -1.5, -1.5 - 3.375 = -4.875.
        Assert.Equal([222f, -4.875f], net.Forward([torch.tensor(new float[] { 2, -1 }, [1, 2])], training: false)[0].data<float>().ToArray());
    }

    [Fact]
    public void ANameThatIsTakenIsRefusedWhole()
    {
        // The catalogue registers its head's assembly when it is made.
        var made = Assert.Throws<TypeInitializationException>(() => Catalogue<Clash>.Default);
        var error = Assert.IsType<ExperimentException>(made.InnerException);
        Assert.Equal("CatalogueNameTaken", error.ErrorId);
        Assert.Contains("'Same'", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void AFileThatIsNoAssemblyIsNamed()
    {
        Assert.Equal("FileNotFound", Assert.Throws<ExperimentException>(() => CatalogueIndex.Load("no-such.dll")).ErrorId);
        string text = Repository.PathOf("README.md");
        var error = Assert.Throws<ExperimentException>(() => CatalogueIndex.Load(text));
        Assert.Equal("InvalidAssembly", error.ErrorId);
        Assert.Contains(text, error.Message, StringComparison.Ordinal);
    }

    /// <summary>The head of a catalogue in which two classes have one name.</summary>
    [Catalogue("clash")]
    public abstract class Clash
    {
    }

    /// <summary>The first.</summary>
    [CatalogueEntry("Same")]
    public sealed class FirstClash : Clash
    {
    }

    /// <summary>The second.</summary>
    [CatalogueEntry("Other", "same")]
    public sealed class SecondClash : Clash
    {
    }
}
