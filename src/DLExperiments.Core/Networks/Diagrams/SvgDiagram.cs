using System.Globalization;
using System.Security;
using System.Text;

namespace DLExperiments.Networks.Diagrams;

/// <summary>A diagram as an SVG image, with nothing in it but shapes and text.</summary>
internal sealed class SvgDiagram
{
    private const double LineHeight = 15, RowGap = 34, Margin = 28, TitleHeight = 26, LabelHeight = 14;

    private readonly DiagramGraph graph;
    private readonly LayeredLayout layout;
    private readonly Dictionary<DiagramNode, (double X, double Y, double Width, double Height)> boxes = [];
    private readonly double[] tops, heights;
    private readonly List<Frame> frames;
    private readonly StringBuilder svg = new();
    private readonly string title;

    internal SvgDiagram(NetworkDefinition network, int? depth)
    {
        title = string.Create(CultureInfo.InvariantCulture, $"{network.Name ?? "Network"}: {network.Layers.Length} layers, {network.ParameterCount:N0} parameters");
        graph = new DiagramGraph(network, depth);
        layout = new LayeredLayout(graph.Nodes, WidthOf);
        heights = [.. layout.Rows.Select(row => row.Where(i => i.Node is not null).Select(i => HeightOf(i.Node!)).DefaultIfEmpty(LineHeight).Max())];
        tops = new double[heights.Length];
        frames = FindFrames();
        for (int r = 0; r < tops.Length; r++)
            tops[r] = (r == 0 ? Margin + TitleHeight : tops[r - 1] + heights[r - 1] + RowGap)
                + (LabelHeight * frames.Where(f => f.First == r).Select(f => f.LevelsAtTop).DefaultIfEmpty(0).Max())
                + (3 * frames.Where(f => f.Last == r - 1).Select(f => f.LevelsAtBottom).DefaultIfEmpty(0).Max());
        foreach (LayeredLayout.Item item in layout.Rows.SelectMany(r => r))
        {
            if (item.Node is not { } node) continue;
            double height = HeightOf(node);
            boxes[node] = (item.X - (item.Width / 2) + Margin, tops[item.Row] + ((heights[item.Row] - height) / 2), item.Width, height);
        }
    }

    internal string Write()
    {
        double width = Math.Max(layout.Width + (2 * Margin), (title.Length * 8) + (2 * Margin)), height = tops[^1] + heights[^1] + Margin;
        Add($"<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{width:0}\" height=\"{height:0}\" viewBox=\"0 0 {width:0} {height:0}\" font-family=\"Helvetica, Arial, 'DejaVu Sans', sans-serif\" font-size=\"11\">");
        Add($"<title>{Escape(title)}</title>");
        Add($"<defs><marker id=\"arrow\" viewBox=\"0 0 8 8\" refX=\"7.5\" refY=\"4\" markerWidth=\"7\" markerHeight=\"7\" orient=\"auto\"><path d=\"M0,0.8 L8,4 L0,7.2 z\" fill=\"#5f6368\"/></marker></defs>");
        Add($"<rect width=\"100%\" height=\"100%\" fill=\"#ffffff\"/>");
        Add($"<text x=\"{Margin}\" y=\"{Margin + 4}\" font-size=\"14\" font-weight=\"bold\" fill=\"#202124\">{Escape(title)}</text>");
        DrawFrames();
        foreach (LayeredLayout.Edge edge in layout.Edges) DrawEdge(edge);
        foreach (DiagramNode node in graph.Nodes) DrawBox(node);
        return svg.Append("</svg>\n").ToString();
    }

    private void DrawFrames()
    {
        foreach (Frame frame in frames)
        {
            double padding = 4 + (4 * frame.Levels);
            double x1 = frame.Inside.Min(n => boxes[n].X) - padding, x2 = frame.Inside.Max(n => boxes[n].X + boxes[n].Width) + padding;
            double y1 = tops[frame.First] - (frame.LevelsAtTop * LabelHeight) + LabelHeight - 5, y2 = tops[frame.Last] + heights[frame.Last] + (3 * frame.LevelsAtBottom) + 2;
            // A frame that takes in a box of another block would say what is not so.
            if (graph.Nodes.Except(frame.Inside).Any(n => boxes[n] is var b && b.X < x2 && b.X + b.Width > x1 && b.Y < y2 && b.Y + b.Height > y1)) continue;
            Add($"<rect x=\"{x1:0.#}\" y=\"{y1:0.#}\" width=\"{x2 - x1:0.#}\" height=\"{y2 - y1:0.#}\" rx=\"6\" fill=\"#000000\" fill-opacity=\"0.03\" stroke=\"#9aa0a6\" stroke-dasharray=\"4 3\"/>");
            Add($"<text x=\"{x1 + 4:0.#}\" y=\"{y1 - 3:0.#}\" font-size=\"10\" font-style=\"italic\" fill=\"#5f6368\">{Escape(frame.Title)}</text>");
        }
    }

    // Outer blocks first, so that inner ones lie on them; a block that is all there is in another shares its frame.
    private List<Frame> FindFrames()
    {
        Dictionary<DiagramNode, int> rowOf = layout.Rows.SelectMany(r => r).Where(i => i.Node is not null).ToDictionary(i => i.Node!, i => i.Row);
        var found = new List<Frame>();
        foreach (string block in graph.Nodes.SelectMany(n => n.Blocks).Distinct().OrderBy(b => b.Count(c => c == NetworkDefinition.BlockSeparator)))
        {
            DiagramNode[] inside = [.. graph.Nodes.Where(n => n.Blocks.Contains(block))];
            if (inside.Length < 2 || found.Any(f => f.Inside.Length == inside.Length && f.Inside.SequenceEqual(inside))) continue;
            found.Add(new Frame(block[(block.LastIndexOf(NetworkDefinition.BlockSeparator) + 1)..], inside, inside.Min(n => rowOf[n]), inside.Max(n => rowOf[n])));
        }
        foreach (Frame frame in Enumerable.Reverse(found))
        {
            Frame[] within = [.. found.Where(f => f != frame && f.Inside.Length < frame.Inside.Length && f.Inside.All(frame.Inside.Contains))];
            frame.Levels = 1 + within.Select(f => f.Levels).DefaultIfEmpty(0).Max();
            frame.LevelsAtTop = 1 + within.Where(f => f.First == frame.First).Select(f => f.LevelsAtTop).DefaultIfEmpty(0).Max();
            frame.LevelsAtBottom = 1 + within.Where(f => f.Last == frame.Last).Select(f => f.LevelsAtBottom).DefaultIfEmpty(0).Max();
        }
        return found;
    }

    private void DrawEdge(LayeredLayout.Edge edge)
    {
        var from = boxes[edge.From];
        var path = new StringBuilder();
        double x = edge.Points[0].X + Margin, y = from.Y + from.Height;
        path.Append(CultureInfo.InvariantCulture, $"M{x:0.#},{y:0.#}");
        foreach (LayeredLayout.Item point in edge.Points.Skip(1))
        {
            double nextX = point.X + Margin, nextY = point.Node is null ? tops[point.Row] : boxes[point.Node].Y - 1;
            double middle = (y + nextY) / 2;
            path.Append(Math.Abs(nextX - x) < 0.5 ? string.Create(CultureInfo.InvariantCulture, $" L{nextX:0.#},{nextY:0.#}")
                : string.Create(CultureInfo.InvariantCulture, $" C{x:0.#},{middle:0.#} {nextX:0.#},{middle:0.#} {nextX:0.#},{nextY:0.#}"));
            (x, y) = (nextX, nextY);
            if (point.Node is not null) continue;
            y = tops[point.Row] + heights[point.Row];
            path.Append(CultureInfo.InvariantCulture, $" L{x:0.#},{y:0.#}");
        }
        Add($"<path d=\"{path}\" fill=\"none\" stroke=\"#5f6368\" stroke-width=\"1.2\" marker-end=\"url(#arrow)\"/>");
    }

    private void DrawBox(DiagramNode node)
    {
        var (x, y, width, height) = boxes[node];
        Add($"<g><title>{Escape(node.Name)}</title>");
        Add($"<rect x=\"{x:0.#}\" y=\"{y:0.#}\" width=\"{width:0.#}\" height=\"{height:0.#}\" rx=\"5\" fill=\"{node.Kind.Fill}\" stroke=\"{node.Kind.Line}\" stroke-width=\"{(node.IsOutput ? 2.5 : 1.2)}\"/>");
        string[] lines = Lines(node);
        for (int i = 0; i < lines.Length; i++)
        {
            string style = i == 0 ? " font-weight=\"bold\" fill=\"#202124\"" : i == lines.Length - 1 ? " fill=\"#5f6368\" font-size=\"10\"" : " fill=\"#202124\"";
            Add($"<text x=\"{x + (width / 2):0.#}\" y=\"{y + 16 + (i * LineHeight):0.#}\" text-anchor=\"middle\"{style}>{Escape(lines[i])}</text>");
        }
        Add($"</g>");
    }

    private static string[] Lines(DiagramNode node)
    {
        string name = node.Name[(node.Name.LastIndexOf(NetworkDefinition.BlockSeparator) + 1)..];
        return [.. node.Lines, node.Lines[0] == name ? node.Shape.ToString() : $"{name}  {node.Shape}"];
    }

    private static double WidthOf(DiagramNode node) => Math.Max(70, Lines(node).Select((line, i) => (line.Length * (i == 0 ? 6.7 : 5.9)) + 18).Max());

    private static double HeightOf(DiagramNode node) => (Lines(node).Length * LineHeight) + 9;

    private void Add(FormattableString line) => svg.Append(line.ToString(CultureInfo.InvariantCulture)).Append('\n');

    private static string Escape(string text) => SecurityElement.Escape(text)!;

    /// <summary>A block that is framed: its boxes, its rows, and how many frames are nested in it, in all and at its edges.</summary>
    private sealed class Frame(string title, DiagramNode[] inside, int first, int last)
    {
        internal string Title { get; } = title;

        internal DiagramNode[] Inside { get; } = inside;

        internal int First { get; } = first;

        internal int Last { get; } = last;

        internal int Levels { get; set; }

        internal int LevelsAtTop { get; set; }

        internal int LevelsAtBottom { get; set; }
    }
}
