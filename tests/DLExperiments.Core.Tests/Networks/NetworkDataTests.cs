using System.Collections;
using DLExperiments.Errors;
using DLExperiments.Networks;
using DLExperiments.Networks.Layers;

namespace DLExperiments.Tests.Networks;

public class NetworkDataTests
{
    [Fact]
    public void IsWrittenForReaders()
    {
        NetworkDefinition network = NetworkDefinition.Create(new Shape(1, 8, 8), "it's")
            .Add(new Conv2dLayer { OutChannels = 4, KernelSize = [3], Padding = new(1), WeightInitialiser = new DLExperiments.Networks.Initialisers.NormalInitialiser { Std = 0.5 } }, "a")
            .Add(new LeakyReLULayer { NegativeSlope = 0.25 }, "b", frozen: true).Add(new AddLayer(), "c", ["a", "b"]).WithOutputs("c", "a");
        Assert.Equal("""
            @{
                Name   = 'it''s'
                Input  = 1, 8, 8
                Layers = @(
                    @{ Type = 'Conv2d'; Name = 'a'; OutChannels = 4; KernelSize = 3; Padding = 1; WeightInitialiser = @{ Type = 'Normal'; Std = 0.5 } }
                    @{ Type = 'LeakyReLU'; Name = 'b'; Frozen = $true; NegativeSlope = 0.25 }
                    @{ Type = 'Add'; Name = 'c'; From = 'a', 'b' }
                )
                Output = 'c', 'a'
            }

            """, NetworkData.Write(network), ignoreLineEndingDifferences: true);
    }

    [Fact]
    public void IsReadFromTables()
    {
        NetworkDefinition network = NetworkData.Read(new Hashtable
        {
            ["Input"] = new object[] { new Hashtable { ["Name"] = "x", ["Shape"] = 4 }, new Hashtable { ["Name"] = "y", ["Shape"] = new object[] { 4 } } },
            ["Layers"] = new object[] { new Hashtable { ["Type"] = "Linear", ["OutFeatures"] = 3, ["From"] = "x" }, new Hashtable { ["Share"] = "linear_1", ["From"] = "y" } },
            ["Output"] = "linear_1",
        });
        Assert.Equal((15, "linear_1", "linear_1"), ((int)network.ParameterCount, network.Layers[1].SharedWith, network.Outputs.Single()));
    }

    [Theory]
    [InlineData("Layer", "has the key 'layer'")]
    [InlineData("Name", "has no Input")]
    public void SaysWhatIsWrong(string key, string message)
    {
        var e = Assert.Throws<ExperimentException>(() => NetworkData.Read(new Hashtable { [key] = "a" }));
        Assert.Equal("InvalidNetworkData", e.ErrorId);
        Assert.Contains(message, e.Message, StringComparison.Ordinal);
    }
}
