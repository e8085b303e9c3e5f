using DLExperiments.Networks.Layers;
using TorchSharp;

namespace DLExperiments.Networks.Torch;

/// <summary>A network's graph by numbers instead of names: places 0, 1, ... are its inputs, those after them the results of its layers.</summary>
internal sealed class NetworkPlan
{
    private readonly NetworkDefinition definition;
    private readonly Dictionary<string, int> places = new(StringComparer.Ordinal);

    internal NetworkPlan(NetworkDefinition definition)
    {
        this.definition = definition;
        foreach (NetworkInput input in definition.Inputs) places.Add(input.Name, places.Count);
        foreach (LayerNode layer in definition.Layers) places.Add(layer.Name, places.Count);
        Sources = [.. definition.Layers.Select(l => l.From.Select(name => places[name]).ToArray())];
        Outputs = [.. definition.Outputs.Select(name => places[name])];
        LastUses = FindLastUses();
        PoolAfter = new int[definition.Layers.Length];
        ReLUBefore = new int[definition.Layers.Length];
        NormBefore = new int[definition.Layers.Length];
        ReLUAfterNorm = new int[definition.Layers.Length];
        FindPools();
    }

    /// <summary>For each layer, the places that it reads.</summary>
    internal int[][] Sources { get; }

    /// <summary>The places of the network's outputs.</summary>
    internal int[] Outputs { get; }

    /// <summary>For each layer, the layers' places that nobody reads after it; inputs of the network are the caller's and stay.</summary>
    internal int[][] LastUses { get; }

    /// <summary>For each ReLU whose result a 2x2 max pooling alone reads, that layer; -1 for others.</summary>
    internal int[] PoolAfter { get; }

    /// <summary>For each such pooling, its ReLU; -1 for others.</summary>
    internal int[] ReLUBefore { get; }

    /// <summary>For each such pooling, the batch normalisation whose result its ReLU alone reads; -1 for others.</summary>
    internal int[] NormBefore { get; }

    /// <summary>For each such batch normalisation, its ReLU; -1 for others.</summary>
    internal int[] ReLUAfterNorm { get; }

    /// <summary>Places of outputs by name.</summary>
    internal int[] Resolve(IEnumerable<string> names) => [.. names.Select(name => places[definition.ResolveName(name)])];

    /// <summary>Which places some results need.</summary>
    internal bool[] FindNeeded(int[] wanted)
    {
        bool[] needed = new bool[places.Count];
        foreach (int place in wanted) needed[place] = true;
        for (int i = Sources.Length - 1; i >= 0; i--)
        {
            if (!needed[definition.Inputs.Length + i]) continue;
            foreach (int source in Sources[i]) needed[source] = true;
        }
        return needed;
    }

    /// <summary>The memory format that is faster for this network.</summary>
    internal MemoryFormat ChooseMemoryFormat(torch.Device device) =>
        device.type == DeviceType.CPU && definition.Layers.Any(l => l.Layer.PrefersChannelsLast && l.InputShapes[0][0] >= LeastChannels)
            ? MemoryFormat.ChannelsLast
            : MemoryFormat.Contiguous;

    // Measured: LeNet-5, whose second convolution reads 6 channels, is as fast or faster so; three colours alone do not pay for the turning.
    private const int LeastChannels = 4;

    private int[][] FindLastUses()
    {
        int inputs = definition.Inputs.Length;
        int[] last = [.. Enumerable.Range(0, places.Count)];
        for (int i = 0; i < Sources.Length; i++)
        {
            last[inputs + i] = i;
            foreach (int source in Sources[i]) last[source] = i;
        }
        return [.. Enumerable.Range(0, Sources.Length).Select(i => Enumerable.Range(inputs, Sources.Length).Where(place => last[place] == i).ToArray())];
    }

    private void FindPools()
    {
        Array.Fill(PoolAfter, -1);
        Array.Fill(ReLUBefore, -1);
        Array.Fill(NormBefore, -1);
        Array.Fill(ReLUAfterNorm, -1);
        int inputs = definition.Inputs.Length;
        for (int i = 0; i < Sources.Length; i++)
        {
            if (definition.Layers[i].Layer is not MaxPool2dLayer { HalvesSides: true } || Sources[i][0] - inputs is not (var before and >= 0)
                || definition.Layers[before].Layer is not ReLULayer || Outputs.Contains(Sources[i][0])
                || Sources.Count(s => s.Contains(inputs + before)) > 1) continue;
            PoolAfter[before] = i;
            ReLUBefore[i] = before;
            int norm = Sources[before][0] - inputs;
            if (norm < 0 || definition.Layers[norm].Layer is not BatchNorm2dLayer { Affine: true } || Outputs.Contains(inputs + norm)
                || Sources.Count(s => s.Contains(inputs + norm)) > 1) continue;
            NormBefore[i] = norm;
            ReLUAfterNorm[norm] = before;
        }
    }
}
