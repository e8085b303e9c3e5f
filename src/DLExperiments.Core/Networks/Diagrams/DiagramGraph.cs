using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using DLExperiments.Catalogues;

namespace DLExperiments.Networks.Diagrams;

/// <summary>
/// The boxes of a network's diagram. Activations, norms and dropout that follow a layer and nothing else does are written into its box: a network then has
/// a third of the boxes.
/// </summary>
internal sealed class DiagramGraph
{
    private const int LongestSettings = 38;

    private readonly HashSet<string> blocks;

    internal DiagramGraph(NetworkDefinition network, int? depth)
    {
        var consumers = network.Layers.SelectMany(l => l.From).GroupBy(f => f, StringComparer.Ordinal).ToDictionary(g => g.Key, g => g.Count(), StringComparer.Ordinal);
        var outputs = network.Outputs.ToHashSet(StringComparer.Ordinal);
        blocks = [.. network.Layers.SelectMany(l => Prefixes(l.Name.Split(NetworkDefinition.BlockSeparator)))];
        var byLayer = new Dictionary<string, DiagramNode>(StringComparer.Ordinal);
        var collapsed = new Dictionary<string, DiagramNode>(StringComparer.Ordinal);
        foreach (NetworkInput input in network.Inputs)
        {
            DiagramNode node = new() { Name = input.Name, Kind = DiagramKind.Input, Shape = input.Shape, Blocks = [] };
            node.Lines.Add(input.Name);
            byLayer[input.Name] = Add(node);
        }
        foreach (LayerNode layer in network.Layers)
        {
            DiagramNode node = Place(layer);
            byLayer[layer.Name] = node;
            node.Shape = layer.OutputShape;
            node.IsOutput |= outputs.Contains(layer.Name);
            foreach (DiagramNode source in layer.From.Select(f => byLayer[f]))
                if (source != node && !node.Sources.Contains(source)) node.Sources.Add(source);
        }

        DiagramNode Place(LayerNode layer)
        {
            string[] parts = layer.Name.Split(NetworkDefinition.BlockSeparator);
            // A layer can have the name of the block that it ends.
            if (depth is { } most && (parts.Length > most || (parts.Length == most && blocks.Contains(layer.Name))))
            {
                string block = string.Join(NetworkDefinition.BlockSeparator, parts.Take(most));
                if (!collapsed.TryGetValue(block, out DiagramNode? whole))
                    collapsed[block] = whole = Add(MakeBlock(network, block, parts));
                return whole;
            }
            bool small = layer.Layer is ActivationLayer || DiagramKind.Of(layer.Layer).Name is "norm" or "dropout";
            if (small && layer.From.Length == 1 && byLayer[layer.From[0]] is { } before && before.Kind != DiagramKind.Input && before.Kind != DiagramKind.Block
                && consumers[layer.From[0]] == 1 && !outputs.Contains(layer.From[0]) && before.Blocks.SequenceEqual(Blocks(parts)))
            {
                before.Lines.Add($"{layer.Type} {Settings(layer.Layer)}".Trim());
                return before;
            }
            DiagramNode node = new() { Name = layer.Name, Kind = DiagramKind.Of(layer.Layer), Shape = layer.OutputShape, Blocks = Blocks(parts) };
            node.Lines.Add($"{layer.Type} {Settings(layer.Layer)}".Trim());
            if (layer.IsFrozen && layer.ParameterCount > 0) node.Lines.Add("frozen");
            if (layer.SharedWith is not null && network.Layers.First(l => l.Name == layer.SharedWith).ParameterCount > 0) node.Lines.Add($"weights of {layer.SharedWith}");
            foreach (WeightTie tie in layer.Ties) node.Lines.Add($"{tie.Parameter} of {tie.Owner}");
            return Add(node);
        }
    }

    internal List<DiagramNode> Nodes { get; } = [];

    private DiagramNode Add(DiagramNode node)
    {
        Nodes.Add(node);
        return node;
    }

    private static DiagramNode MakeBlock(NetworkDefinition network, string name, string[] parts)
    {
        LayerNode[] layers = [.. network.Layers.Where(l => l.Name == name || NetworkDefinition.IsInside(l.Name, name))];
        string[] own = name.Split(NetworkDefinition.BlockSeparator);
        DiagramNode node = new() { Name = name, Kind = DiagramKind.Block, Shape = layers[^1].OutputShape, Blocks = Prefixes(parts[..own.Length]) };
        node.Lines.Add(own[^1]);
        node.Lines.Add(string.Create(CultureInfo.InvariantCulture, $"{layers.Length} layers, {layers.Sum(l => l.ParameterCount):N0} parameters"));
        return node;
    }

    private string[] Blocks(string[] parts) => Prefixes(parts) is var outer && string.Join(NetworkDefinition.BlockSeparator, parts) is var name && blocks.Contains(name)
        ? [.. outer, name]
        : outer;

    private static string[] Prefixes(string[] parts) =>
        [.. Enumerable.Range(1, parts.Length - 1).Select(n => string.Join(NetworkDefinition.BlockSeparator, parts.Take(n)))];

    // Settings by position need no name; the others have one: Conv2d 64, 3, stride 2.
    private static string Settings(Layer layer)
    {
        JsonObject json = Catalogue<Layer>.Default.ToJson(layer);
        var texts = new List<string>();
        foreach (CatalogueParameter parameter in Catalogue<Layer>.Default.EntryOf(layer).Parameters)
        {
            string key = JsonNamingPolicy.CamelCase.ConvertName(parameter.Name);
            if (json[key] is not { } value || value is JsonObject) continue;
            string text = value is JsonArray list ? string.Join("\u00D7", list.Select(v => v?.ToString()).Distinct().Count() == 1 ? [list[0]?.ToString()] : list.Select(v => v?.ToString())) : value.ToString();
            texts.Add(parameter.Position is not null ? text : value.GetValueKind() switch
            {
                JsonValueKind.True => Words(parameter.Name),
                JsonValueKind.False => $"no {Words(parameter.Name)}",
                _ => $"{Words(parameter.Name)} {text}",
            });
        }
        string all = string.Join(", ", texts).ReplaceLineEndings(" ");
        return all.Length <= LongestSettings ? all : all[..(LongestSettings - 1)] + "\u2026";
    }

    // CeilMode reads as ceil mode.
    private static string Words(string name) => string.Concat(name.Select((c, i) => i > 0 && char.IsUpper(c) && char.IsLower(name[i - 1]) ? $" {char.ToLowerInvariant(c)}" : $"{char.ToLowerInvariant(c)}"));
}
