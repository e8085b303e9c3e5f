using System.ComponentModel.DataAnnotations;
using System.Globalization;
using DLExperiments.Catalogues;
using DLExperiments.Errors;
using DLExperiments.Models;
using DLExperiments.Networks;
using DLExperiments.Networks.Diagrams;
using DLExperiments.Reports.Plots.Charts;
using DLExperiments.Reports.Plots.Drawing;

namespace DLExperiments.Reports.Plots.Kinds;

/// <summary>The layers of a network as boxes, from a network, a model or the result of a training.</summary>
[CatalogueEntry("Network")]
public sealed class NetworkPlot : Plot
{
    private const double LineHeight = 15, RowGap = 30, Arrow = 6;
    private const int CurvePoints = 12;

    /// <summary>Draws blocks together below that many parts of a layer's name, 1 or more; every layer by default.</summary>
    [Range(1, int.MaxValue)]
    public int? Depth { get; set; }

    private protected override Figure Draw(PlotData data)
    {
        object item = data.Items[0];
        NetworkDefinition network = item as NetworkDefinition ?? (item as Model ?? data.Value(item, "Model") as Model)?.Network
            ?? throw new ExperimentException("MissingModel", ErrorKind.InvalidArgument, $"{Kind} draws a network, a model or the result of a training; it got {item.GetType().Name}.", item);
        var graph = new DiagramGraph(network, Depth);
        var layout = new LayeredLayout(graph.Nodes, WidthOf);
        double[] heights = [.. layout.Rows.Select(row => row.Where(i => i.Node is not null).Select(i => HeightOf(i.Node!)).DefaultIfEmpty(LineHeight).Max())];
        double[] tops = new double[heights.Length];
        for (int r = 1; r < tops.Length; r++) tops[r] = tops[r - 1] + heights[r - 1] + RowGap;
        Dictionary<DiagramNode, Box> boxes = layout.Rows.SelectMany(r => r).Where(i => i.Node is not null).ToDictionary(i => i.Node!, i =>
            new Box(i.X - i.Width / 2, tops[i.Row] + (heights[i.Row] - HeightOf(i.Node!)) / 2, i.Width, HeightOf(i.Node!)));
        double width = layout.Width, height = tops[^1] + heights[^1];
        var chart = new Chart { X = new Axis { Visible = false, Tight = true }, Y = new Axis { Visible = false, Tight = true } };
        chart.Marks.Add(new DiagramMark(width, height, [.. graph.Nodes.Select(n => new DiagramBox(boxes[n], Lines(n), Fill(n.Kind), n.Kind.Line))],
            [.. layout.Edges.Select(e => Route(e, boxes, tops, heights))]));
        string title = Title.Length > 0 ? Title : string.Create(CultureInfo.InvariantCulture, $"{network.Name ?? "Network"}: {network.Layers.Length} layers, {network.ParameterCount:N0} parameters");
        return new Figure([chart], 1) { Title = title, Width = (int)Math.Max(width + 40, TextWidth.Of(title, 17) + 40), Height = (int)height + 76 };
    }

    // On a dark page the light fills of the kinds would blind; a quarter of their outline's colour tells them apart as well.
    private string Fill(DiagramKind kind)
    {
        if (Theme == PlotTheme.Light) return kind.Fill;
        (int r, int g, int b) = Drawing.Palette.Rgb(kind.Line);
        (int r0, int g0, int b0) = Drawing.Palette.Rgb(Palette.Background);
        return $"#{(r + 3 * r0) / 4:x2}{(g + 3 * g0) / 4:x2}{(b + 3 * b0) / 4:x2}";
    }

    private static Spot[] Route(LayeredLayout.Edge edge, Dictionary<DiagramNode, Box> boxes, double[] tops, double[] heights)
    {
        Box from = boxes[edge.From];
        List<Spot> route = [new(edge.Points[0].X, from.Bottom)];
        foreach (LayeredLayout.Item point in edge.Points.Skip(1))
        {
            Spot start = route[^1], end = new(point.X, point.Node is null ? tops[point.Row] : boxes[point.Node].Y - Arrow);
            // A curve that leaves downwards and comes in from above: a cubic with both handles at half height.
            for (int k = 1; k <= CurvePoints; k++)
            {
                double t = k / (double)CurvePoints, s = t * t * (3 - 2 * t), middle = (start.Y + end.Y) / 2;
                double y = Math.Pow(1 - t, 3) * start.Y + 3 * t * (1 - t) * middle + t * t * t * end.Y;
                route.Add(new(start.X + (end.X - start.X) * s, y));
            }
            if (point.Node is null) route.Add(new(point.X, tops[point.Row] + heights[point.Row]));
        }
        return [.. route];
    }

    private static string[] Lines(DiagramNode node)
    {
        string name = node.Name[(node.Name.LastIndexOf(NetworkDefinition.BlockSeparator) + 1)..];
        return [.. node.Lines, node.Lines[0] == name ? node.Shape.ToString() : $"{name}  {node.Shape}"];
    }

    private static double WidthOf(DiagramNode node) => Math.Max(70, Lines(node).Select((line, i) => TextWidth.Of(line, 11, bold: i == 0) + 14).Max());

    private static double HeightOf(DiagramNode node) => Lines(node).Length * LineHeight + 9;
}
