namespace DLExperiments.Reports.Documents;

/// <summary>A part of a report under one heading.</summary>
internal sealed record ReportSection(string Title, IReadOnlyList<ReportBlock> Blocks);

/// <summary>A piece of a section.</summary>
internal abstract record ReportBlock;

/// <summary>Text.</summary>
internal sealed record ParagraphBlock(string Text) : ReportBlock;

/// <summary>Names with values.</summary>
internal sealed record FactsBlock(IReadOnlyList<(string Name, string Value)> Facts) : ReportBlock;

/// <summary>A picture as SVG, drawn for light and for dark pages; the same one twice where it has only one look.</summary>
internal sealed record FigureBlock(string Caption, string Light, string Dark) : ReportBlock;

/// <summary>Two blocks side by side where the page is wide enough.</summary>
internal sealed record RowBlock(ReportBlock Left, ReportBlock Right) : ReportBlock;

/// <summary>Text as it was typed; long text is folded away.</summary>
internal sealed record CodeBlock(string Text, string? FoldedUnder = null) : ReportBlock;

/// <summary>A table that a reader can sort.</summary>
internal sealed record TableBlock(string Caption, IReadOnlyList<string> Columns, IReadOnlyList<IReadOnlyList<ReportCell>> Rows) : ReportBlock
{
    /// <summary>How many rows were left out.</summary>
    internal int Omitted { get; init; }
}
