using System.Globalization;
using System.Text;

namespace DLExperiments.Networks.Diagrams;

/// <summary>A diagram as a Mermaid flowchart with blocks as subgraphs.</summary>
internal static class MermaidDiagram
{
    internal static string Write(DiagramGraph graph)
    {
        var text = new StringBuilder("flowchart TD\n");
        var ids = graph.Nodes.Select((node, i) => (node, i)).ToDictionary(p => p.node, p => $"n{p.i}");
        int blocks = 0;
        WriteBlock("", 0, graph.Nodes);
        foreach (DiagramNode node in graph.Nodes)
            foreach (DiagramNode source in node.Sources) text.Append(CultureInfo.InvariantCulture, $"    {ids[source]} --> {ids[node]}\n");
        foreach (DiagramKind kind in graph.Nodes.Select(n => n.Kind).Distinct())
            text.Append(CultureInfo.InvariantCulture, $"    classDef {kind.Name} fill:{kind.Fill},stroke:{kind.Line},color:#202124\n");
        return text.ToString();

        void WriteBlock(string indent, int depth, IEnumerable<DiagramNode> nodes)
        {
            // A block is written where its first layer is; layers of a block that others lie between still come together.
            foreach (IGrouping<string, DiagramNode> group in nodes.GroupBy(n => n.Blocks.Length > depth ? n.Blocks[depth] : $"\0{ids[n]}", StringComparer.Ordinal))
            {
                if (group.Key[0] == '\0')
                {
                    DiagramNode node = group.First();
                    string shape = Escape(node.Shape.ToString());
                    text.Append(CultureInfo.InvariantCulture, $"{indent}    {ids[node]}[\"{string.Join("<br/>", node.Lines.Select(Escape))}<br/>{shape}\"]:::{node.Kind.Name}\n");
                    continue;
                }
                string title = group.Key[(group.Key.LastIndexOf(NetworkDefinition.BlockSeparator) + 1)..];
                text.Append(CultureInfo.InvariantCulture, $"{indent}    subgraph b{blocks++}[\"{Escape(title)}\"]\n");
                WriteBlock(indent + "    ", depth + 1, group);
                text.Append(CultureInfo.InvariantCulture, $"{indent}    end\n");
            }
        }
    }

    private static string Escape(string text) => text.Replace("#", "#35;", StringComparison.Ordinal).Replace("\"", "#quot;", StringComparison.Ordinal)
        .Replace("<", "#lt;", StringComparison.Ordinal).Replace(">", "#gt;", StringComparison.Ordinal);
}
