using System.Globalization;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using DLExperiments.Networks;
using DLExperiments.Networks.Blocks;
using DLExperiments.Networks.Diagrams;
using DLExperiments.Networks.Layers;

namespace DLExperiments.Tests.Networks;

public class DiagramTests
{
    private static readonly XNamespace Svg = "http://www.w3.org/2000/svg";

    private static NetworkDefinition Conv(NetworkDefinition network, int channels, int kernel, string? name = null) =>
        network.Add(new Conv2dLayer { OutChannels = channels, KernelSize = [kernel], Padding = new("same") }, name).Add(new ReLULayer());

    private static NetworkDefinition Branched()
    {
        NetworkDefinition network = Conv(NetworkDefinition.Create(new Shape(3, 16, 16), "a <b> & c"), 8, 3);
        for (int i = 0; i < 3; i++)
        {
            network = new ParallelBlock().AddTo(network, [n => Conv(n, 4, 1), n => Conv(Conv(n, 4, 1), 8, 3), n => Conv(Conv(Conv(n, 4, 1), 4, 3), 4, 5), n => n.Add(new MinPool2dLayer { KernelSize = [1] })]);
            network = new ResidualBlock().AddTo(network, [n => Conv(Conv(n, n.InputShape[0], 3), n.InputShape[0], 3)]);
        }
        return network.Add(new ConcatLayer(), "long", [network.Layers[^1].Name, "relu_1"]);
    }

    private static double Number(XElement element, string name) => double.Parse(element.Attribute(name)!.Value, CultureInfo.InvariantCulture);

    private static (double X1, double Y1, double X2, double Y2)[] Boxes(XDocument svg) => [.. svg.Descendants(Svg + "g").Select(g => g.Element(Svg + "rect")!)
        .Select(r => (Number(r, "x"), Number(r, "y"), Number(r, "x") + Number(r, "width"), Number(r, "y") + Number(r, "height")))];

    [Fact]
    public void BoxesDoNotOverlapAndLieInThePicture()
    {
        XDocument svg = XDocument.Parse(NetworkDiagram.ToSvg(Branched()));
        var boxes = Boxes(svg);
        // Input, 3 * (1 + 2 + 3 + 1 + Concat, 2 + Add), the first convolution and the last Concat; each ReLU lies in the box of its convolution.
        Assert.Equal(1 + (3 * (8 + 3)) + 2, boxes.Length);
        for (int i = 0; i < boxes.Length; i++)
        {
            Assert.True(boxes[i].X1 >= 0 && boxes[i].Y1 >= 0 && boxes[i].X2 <= Number(svg.Root!, "width") && boxes[i].Y2 <= Number(svg.Root!, "height"));
            for (int j = 0; j < i; j++)
                Assert.True(boxes[i].X1 >= boxes[j].X2 || boxes[j].X1 >= boxes[i].X2 || boxes[i].Y1 >= boxes[j].Y2 || boxes[j].Y1 >= boxes[i].Y2);
        }
    }

    [Fact]
    public void EdgesGoDownAndThroughNoBox()
    {
        XDocument svg = XDocument.Parse(NetworkDiagram.ToSvg(Branched()));
        var boxes = Boxes(svg);
        foreach (XElement edge in svg.Descendants(Svg + "path").Where(p => p.Attribute("marker-end") is not null))
        {
            double[] n = [.. Regex.Matches(edge.Attribute("d")!.Value, @"-?\d+(\.\d+)?").Select(m => double.Parse(m.Value, CultureInfo.InvariantCulture))];
            var points = n.Chunk(2).Select(p => (X: p[0], Y: p[1])).ToArray();
            foreach (var (a, b) in points.Zip(points.Skip(1)))
            {
                Assert.True(b.Y >= a.Y);
                // The straight parts lead through rows, where the boxes are.
                if (Math.Abs(a.X - b.X) < 0.1) Assert.DoesNotContain(boxes, box => a.X > box.X1 && a.X < box.X2 && a.Y < box.Y2 - 1 && b.Y > box.Y1 + 1);
            }
        }
    }

    [Fact]
    public void AChainIsStraight()
    {
        NetworkDefinition network = Conv(Conv(Conv(NetworkDefinition.Create(new Shape(1, 8, 8)), 1, 3), 64, 3), 7, 5);
        var middles = Boxes(XDocument.Parse(NetworkDiagram.ToSvg(network))).Select(b => (b.X1 + b.X2) / 2).ToArray();
        Assert.All(middles, m => Assert.Equal(middles[0], m, 0.11)); // Written to a tenth of a pixel.
    }

    [Fact]
    public void BlocksAreFramedOrDrawnTogether()
    {
        string all = NetworkDiagram.ToSvg(Branched()), outline = NetworkDiagram.ToSvg(Branched(), depth: 1);
        Assert.Contains(">parallel_1</text>", all, StringComparison.Ordinal);
        // Input, the first convolution, 6 blocks, the last Concat.
        Assert.Equal(9, Boxes(XDocument.Parse(outline)).Length);
        Assert.Contains("a &lt;b&gt; &amp; c", all, StringComparison.Ordinal);
    }

    [Fact]
    public void MermaidHasBoxesEdgesAndBlocks()
    {
        string text = NetworkDiagram.ToMermaid(Branched());
        Assert.StartsWith("flowchart TD\n", text, StringComparison.Ordinal);
        Assert.Contains("subgraph b0[\"parallel_1\"]", text, StringComparison.Ordinal);
        Assert.Equal(Regex.Matches(text, "subgraph ").Count, Regex.Matches(text, @"(?m)^ *end$").Count);
        // A chain of 2, then for each block pair 1+2+3+1 edges into branches, 4 into Concat, 2 + skip; 2 into the last.
        Assert.Equal(1 + (3 * (1 + 2 + 3 + 1 + 4 + 2 + 2)) + 2, Regex.Matches(text, "-->").Count);
    }

    [Fact]
    public void ADeepNetworkIsDrawnInAMoment()
    {
        NetworkDefinition network = Conv(NetworkDefinition.Create(new Shape(3, 8, 8)), 8, 3);
        for (int i = 0; i < 50; i++) network = new ResidualBlock().AddTo(network, [n => Conv(Conv(Conv(n, 8, 1), 8, 3), 8, 1)]);
        var clock = System.Diagnostics.Stopwatch.StartNew();
        string svg = NetworkDiagram.ToSvg(network);
        Assert.Equal(1 + 1 + (50 * 4), Boxes(XDocument.Parse(svg)).Length);
        Assert.True(clock.Elapsed.TotalSeconds < 20, $"took {clock.Elapsed}"); // About a second on two free cores.
    }
}
