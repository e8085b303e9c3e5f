namespace DLExperiments.Networks.Diagrams;

/// <summary>A box of a diagram.</summary>
internal sealed class DiagramNode
{
    internal required string Name { get; init; }

    internal required DiagramKind Kind { get; init; }

    /// <summary>What it says, the first line in bold.</summary>
    internal List<string> Lines { get; } = [];

    /// <summary>The shape that goes out.</summary>
    internal required Shape Shape { get; set; }

    /// <summary>Whether it is one of the network's outputs.</summary>
    internal bool IsOutput { get; set; }

    /// <summary>The blocks that it lies in, from the outside in, as full names.</summary>
    internal required string[] Blocks { get; init; }

    internal List<DiagramNode> Sources { get; } = [];
}
