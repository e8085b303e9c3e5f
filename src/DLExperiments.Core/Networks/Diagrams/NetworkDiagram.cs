namespace DLExperiments.Networks.Diagrams;

/// <summary>Draws networks: sources above what they feed, branches side by side, long edges led around, blocks framed.</summary>
public static class NetworkDiagram
{
    /// <summary>A diagram as an SVG image.</summary>
    /// <param name="network">The network.</param>
    /// <param name="depth">Draws blocks together below that many parts of a name; null draws every layer.</param>
    public static string ToSvg(NetworkDefinition network, int? depth = null) => new SvgDiagram(network, depth).Write();

    /// <summary>A diagram as Mermaid text.</summary>
    /// <param name="network">The network.</param>
    /// <param name="depth">Draws blocks together below that many parts of a name; null draws every layer.</param>
    public static string ToMermaid(NetworkDefinition network, int? depth = null) => MermaidDiagram.Write(new DiagramGraph(network, depth));
}
