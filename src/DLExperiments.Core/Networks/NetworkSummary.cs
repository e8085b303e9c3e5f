using System.Globalization;
using System.Text;

namespace DLExperiments.Networks;

/// <summary>What a network consists of: one row for each layer, and totals.</summary>
public sealed class NetworkSummary
{
    /// <summary>Sums a network up.</summary>
    /// <param name="network">The network.</param>
    public NetworkSummary(NetworkDefinition network)
    {
        Title = network.Name ?? "Network";
        InputShapes = [.. network.Inputs.Select(i => i.Shape)];
        Rows = [.. network.Layers.Select(l => new LayerSummary(l.Name, l.Type, string.Join(",", l.From), l.InputShapes[0], l.OutputShape,
            l.ParameterCount, l.TrainableParameterCount, l.IsFrozen, l.MultiplyAdds))];
        Parameters = network.ParameterCount;
        Trainable = network.TrainableParameterCount;
        MultiplyAdds = network.MultiplyAdds;
        WeightBytes = network.Layers.Sum(l => l.Parameters.Sum(p => (long)p.Shape.ElementCount)) * sizeof(float);
    }

    /// <summary>The network's name, or "Network".</summary>
    public string Title { get; }

    /// <summary>Shapes of the inputs.</summary>
    public IReadOnlyList<Shape> InputShapes { get; }

    /// <summary>The layers, in order.</summary>
    public IReadOnlyList<LayerSummary> Rows { get; }

    /// <summary>How many trained numbers the network has.</summary>
    public long Parameters { get; }

    /// <summary>How many of them training changes.</summary>
    public long Trainable { get; }

    /// <summary>How many of them are frozen.</summary>
    public long Frozen => Parameters - Trainable;

    /// <summary>Multiply-accumulate operations for one sample.</summary>
    public long MultiplyAdds { get; }

    /// <summary>Memory of the weights and buffers as 32-bit numbers, in bytes.</summary>
    public long WeightBytes { get; }

    /// <summary>The summary as an aligned table with totals below, lines separated by \n.</summary>
    public override string ToString()
    {
        bool chain = Rows.Select((r, i) => r.From == (i == 0 ? Rows[0].From : Rows[i - 1].Name)).All(follows => follows);
        var table = new List<string[]> { Cells("Layer", "Type", "From", "Output", "Parameters", "Trainable") };
        table.AddRange(Rows.Select(r => Cells(r.Name, r.Type, r.From, r.OutputShape.ToString(), Number(r.Parameters),
            r.Parameters == 0 ? "" : r.Frozen ? "frozen" : "yes")));
        int[] widths = [.. Enumerable.Range(0, table[0].Length).Select(c => table.Max(row => row[c].Length))];
        table.Insert(1, [.. widths.Select(w => new string('-', w))]);

        var text = new StringBuilder().Append(CultureInfo.InvariantCulture, $"{Title}, input {string.Join(" and ", InputShapes)}\n\n");
        int numbers = table[0].Length - 2;
        foreach (string[] row in table)
            text.Append(string.Join("  ", row.Select((cell, c) => c == numbers ? cell.PadLeft(widths[c]) : cell.PadRight(widths[c]))).TrimEnd()).Append('\n');
        return text.Append(CultureInfo.InvariantCulture, $"\n{Number(Parameters)} parameters: {Number(Trainable)} trainable, {Number(Frozen)} frozen\n")
            .Append(CultureInfo.InvariantCulture, $"{Number(MultiplyAdds)} multiply-adds a sample, {Memory(WeightBytes)} of weights").ToString();

        // In a plain chain the column From would only repeat the line above.
        string[] Cells(string name, string type, string from, string output, string parameters, string trainable) =>
            chain ? [name, type, output, parameters, trainable] : [name, type, from, output, parameters, trainable];
    }

    private static string Number(long value) => value.ToString("N0", CultureInfo.InvariantCulture);

    private static string Memory(long bytes) => bytes switch
    {
        < 1 << 10 => string.Create(CultureInfo.InvariantCulture, $"{bytes} B"),
        < 1 << 20 => string.Create(CultureInfo.InvariantCulture, $"{bytes / 1024.0:0.0} KiB"),
        < 1 << 30 => string.Create(CultureInfo.InvariantCulture, $"{bytes / 1048576.0:0.0} MiB"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{bytes / 1073741824.0:0.00} GiB"),
    };
}
