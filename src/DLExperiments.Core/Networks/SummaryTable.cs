using System.Globalization;
using System.Text;

namespace DLExperiments.Networks;

/// <summary>A summary as text: blocks are headings with their layers indented below, and a source is named only where it is not the line above.</summary>
internal static class SummaryTable
{
    internal static string Write(NetworkSummary summary)
    {
        IReadOnlyList<LayerSummary> rows = summary.Rows;
        string[] froms = [.. rows.Select((r, i) => i > 0 && r.From == rows[i - 1].Name ? "" : r.From)];
        bool chain = froms.Skip(1).All(f => f.Length == 0);
        var table = new List<string[]> { Cells("Layer", "Type", "From", "Output", "Parameters", "Trainable") };
        string[] open = [];
        for (int i = 0; i < rows.Count; i++)
        {
            LayerSummary row = rows[i];
            string[] parts = row.Name.Split(NetworkDefinition.BlockSeparator);
            for (int depth = 0; depth < parts.Length - 1; depth++)
                if (depth >= open.Length || !open.Take(depth + 1).SequenceEqual(parts.Take(depth + 1)))
                    table.Add(Cells(new string(' ', 2 * depth) + parts[depth], "", "", "", "", ""));
            open = parts[..^1];
            string? twin = row.SharedWith is { } owner && rows.Any(r => r.Name == owner && r.Parameters > 0) ? owner : null;
            table.Add(Cells(new string(' ', 2 * open.Length) + parts[^1], row.Type, string.Join(", ", froms[i].Split(',').Select(f => Near(f, row.Name, rows))),
                row.OutputShape.ToString(), twin is null ? NetworkSummary.Number(row.Parameters) : "shared",
                twin is not null ? twin : row.Parameters == 0 ? "" : row.Frozen ? "frozen" : "yes"));
        }
        int[] widths = [.. Enumerable.Range(0, table[0].Length).Select(c => table.Max(row => row[c].Length))];
        table.Insert(1, [.. widths.Select(w => new string('-', w))]);

        var text = new StringBuilder().Append(CultureInfo.InvariantCulture, $"{summary.Title}, input {string.Join(" and ", summary.InputShapes)}");
        if (summary.Outputs.Count > 1) text.Append(CultureInfo.InvariantCulture, $", outputs {string.Join(" and ", summary.Outputs)}");
        text.Append("\n\n");
        int numbers = table[0].Length - 2;
        foreach (string[] row in table)
            text.Append(string.Join("  ", row.Select((cell, c) => c == numbers ? cell.PadLeft(widths[c]) : cell.PadRight(widths[c]))).TrimEnd()).Append('\n');
        return text.Append(CultureInfo.InvariantCulture, $"\n{NetworkSummary.Number(summary.Parameters)} parameters: {NetworkSummary.Number(summary.Trainable)} trainable, {NetworkSummary.Number(summary.Frozen)} frozen\n")
            .Append(CultureInfo.InvariantCulture, $"{NetworkSummary.Number(summary.MultiplyAdds)} multiply-adds a sample, {NetworkSummary.Memory(summary.WeightBytes)} of weights, "
                + $"{NetworkSummary.Memory(summary.ActivationBytes)} of activations a sample").ToString();

        // In a plain chain the column From would be empty.
        string[] Cells(string name, string type, string from, string output, string parameters, string trainable) =>
            chain ? [name, type, output, parameters, trainable] : [name, type, from, output, parameters, trainable];
    }

    // A block's result has the name of the block; outside of the layer's own block names are as paths are: ../relu_1 is one block up.
    private static string Near(string source, string layer, IReadOnlyList<LayerSummary> rows)
    {
        string[] from = source.Split(NetworkDefinition.BlockSeparator), to = layer.Split(NetworkDefinition.BlockSeparator);
        int common = 0;
        while (common < from.Length - 1 && common < to.Length - 1 && from[common] == to[common]) common++;
        string block = string.Join(NetworkDefinition.BlockSeparator, from.Take(common + 1));
        bool result = rows.LastOrDefault(r => NetworkDefinition.IsInside(r.Name, block))?.Name == source;
        string up = source.Length == 0 ? "" : string.Concat(Enumerable.Repeat("../", to.Length - 1 - common));
        return up + (result ? from[common] : string.Join(NetworkDefinition.BlockSeparator, from.Skip(common)));
    }
}
