using System.Globalization;

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
            l.ParameterCount, l.TrainableParameterCount, l.IsFrozen, l.MultiplyAdds, (long)l.OutputShape.ElementCount * sizeof(float), l.SharedWith ?? (l.ParameterCount == 0 && !l.Ties.IsEmpty ? l.Ties[0].Owner : null)))];
        Outputs = [.. network.Outputs];
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

    /// <summary>Names of the layers whose results are the network's outputs.</summary>
    public IReadOnlyList<string> Outputs { get; }

    /// <summary>Memory of all layers' results for one sample as 32-bit numbers, in bytes: what a training step keeps for each row of its batch.</summary>
    public long ActivationBytes => Rows.Sum(r => r.ActivationBytes);

    /// <summary>The layers with blocks below a depth drawn together into one row each, whose type is Block.</summary>
    /// <param name="depth">How many parts of a name are told apart: 1 gives each block of the network itself one row.</param>
    public IReadOnlyList<LayerSummary> Collapse(int depth)
    {
        var rows = new List<LayerSummary>();
        foreach (IGrouping<string, LayerSummary> group in Rows.GroupBy(r => Head(r.Name), StringComparer.Ordinal))
        {
            LayerSummary[] all = [.. group];
            if (all is [var only] && only.Name == group.Key)
            {
                rows.Add(only with { From = Heads(only.From, group.Key) });
                continue;
            }
            rows.Add(new LayerSummary(group.Key, "Block", Heads(string.Join(',', all.Select(r => r.From)), group.Key), all[0].InputShape, all[^1].OutputShape,
                all.Sum(r => r.Parameters), all.Sum(r => r.Trainable), all.Where(r => r.Parameters > 0).All(r => r.Frozen) && all.Any(r => r.Frozen),
                all.Sum(r => r.MultiplyAdds), all.Sum(r => r.ActivationBytes)));
        }
        return rows;

        string Head(string name) => string.Join(NetworkDefinition.BlockSeparator, name.Split(NetworkDefinition.BlockSeparator).Take(depth));

        string Heads(string names, string own) => string.Join(',', names.Split(',').Select(Head).Where(n => n != own).Distinct());
    }

    /// <summary>The summary as an aligned table with totals below, lines separated by \n.</summary>
    public override string ToString() => SummaryTable.Write(this);

    /// <summary>A number with its thousands apart.</summary>
    internal static string Number(long value) => value.ToString("N0", CultureInfo.InvariantCulture);

    /// <summary>A number of bytes in the largest unit that leaves at least 1.</summary>
    internal static string Memory(long bytes) => bytes switch
    {
        < 1 << 10 => string.Create(CultureInfo.InvariantCulture, $"{bytes} B"),
        < 1 << 20 => string.Create(CultureInfo.InvariantCulture, $"{bytes / 1024.0:0.0} KiB"),
        < 1 << 30 => string.Create(CultureInfo.InvariantCulture, $"{bytes / 1048576.0:0.0} MiB"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{bytes / 1073741824.0:0.00} GiB"),
    };
}
