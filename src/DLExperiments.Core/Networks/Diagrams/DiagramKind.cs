namespace DLExperiments.Networks.Diagrams;

/// <summary>What a box of a diagram is, and how it is coloured.</summary>
/// <param name="Name">A word for style classes.</param>
/// <param name="Fill">Its fill.</param>
/// <param name="Line">Its outline.</param>
internal sealed record DiagramKind(string Name, string Fill, string Line)
{
    internal static readonly DiagramKind Input = new("input", "#e8eaed", "#5f6368");
    internal static readonly DiagramKind Block = new("block", "#ede7f6", "#5e35b1");

    private static readonly DiagramKind Other = new("other", "#f5f5f5", "#8a8a8a");

    // The first that fits; by class where classes say it, else by name, so that a layer of another project finds its colour too.
    private static readonly (Func<Layer, bool> Fits, DiagramKind Kind)[] Kinds =
    [
        (l => l is ConvolutionLayer || l.Type.StartsWith("Conv", StringComparison.Ordinal), new("convolution", "#dbeafe", "#2563eb")),
        (l => l.Type.Contains("Pool", StringComparison.Ordinal), new("pooling", "#dcfce7", "#16a34a")),
        (l => l is ActivationLayer, new("activation", "#fef3c7", "#d97706")),
        (l => l.Type.Contains("Norm", StringComparison.Ordinal), new("norm", "#f3e8ff", "#9333ea")),
        (l => l.MinimumInputs > 1, new("merge", "#fee2e2", "#dc2626")),
        (l => l.Type.Contains("Attention", StringComparison.Ordinal) || l.Type.Contains("Transformer", StringComparison.Ordinal) || l.Type is "RNN" or "LSTM" or "GRU",
            new("sequence", "#fce7f3", "#db2777")),
        (l => l is WeightedLayer || l.Type.Contains("Embedding", StringComparison.Ordinal), new("linear", "#ccfbf1", "#0d9488")),
        (l => l.Type.Contains("Dropout", StringComparison.Ordinal), new("dropout", "#fafafa", "#a3a3a3")),
    ];

    internal static IEnumerable<DiagramKind> All => Kinds.Select(k => k.Kind).Append(Other).Append(Input).Append(Block);

    internal static DiagramKind Of(Layer layer) => Kinds.FirstOrDefault(k => k.Fits(layer)).Kind ?? Other;
}
