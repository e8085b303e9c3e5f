using System.Collections;
using System.ComponentModel.DataAnnotations;
using DLExperiments.Catalogues;
using DLExperiments.Errors;
using DLExperiments.Evaluation;
using DLExperiments.Reports.Plots.Charts;
using DLExperiments.Reports.Plots.Drawing;

namespace DLExperiments.Reports.Plots.Kinds;

/// <summary>What a layer makes of rows: a map for each channel, all of a row on one scale, from predictions of Invoke-Model -Layer.</summary>
[CatalogueEntry("FeatureMaps")]
public sealed class FeatureMapsPlot : Plot
{
    /// <summary>The layer; by default the first that the predictions have.</summary>
    public string? Layer { get; set; }

    /// <summary>Images in a row, 1 to 100.</summary>
    [Range(1, 100)]
    public int Columns { get; set; } = 8;

    /// <summary>How many maps at most, 1 to 1000.</summary>
    [Range(1, 1000)]
    public int Count { get; set; } = 64;

    private protected override Figure Draw(PlotData data)
    {
        var charts = new List<Chart>();
        string name = "";
        foreach (object item in data.Items)
        {
            if (charts.Count >= Count) break;
            LayerOutput output = Find(data, item);
            name = $"{output.Name} {output.Shape}";
            (int maps, int height, int width) = output.Shape.Count switch
            {
                3 => (output.Shape[0], output.Shape[1], output.Shape[2]),
                2 => (1, output.Shape[0], output.Shape[1]),
                _ => throw new ExperimentException("NotAnImage", ErrorKind.InvalidData, $"{Kind}: '{output.Name}' gives {output.Shape}, which are no maps; take a layer before the network is flat.", output.Name),
            };
            double low = output.Values.Min(), high = output.Values.Max();
            for (int c = 0; c < maps && charts.Count < Count; c++)
                charts.Add(ImageChart.Ramp(data.Items.Count == 1 ? $"{c}" : $"{data.Text(item, "Row")}: {c}", output.Values.AsSpan(c * height * width, height * width), height, width, Palette, ColourRamp.Viridis, low, high));
        }
        return ImageChart.Grid(charts, Columns, Title.Length > 0 ? Title : name);
    }

    private LayerOutput Find(PlotData data, object item)
    {
        LayerOutput[] all = [.. (data.Value(item, "Layers") as IDictionary)?.Values.Cast<object>().OfType<LayerOutput>() ?? []];
        if (all.Length == 0) throw Nothing("the predictions have no Layers; make them with Invoke-Model -Layer.");
        return Layer is null ? all[0] : all.FirstOrDefault(l => l.Name.Equals(Layer, StringComparison.OrdinalIgnoreCase))
            ?? throw new ExperimentException("UnknownLayerName", ErrorKind.NotFound, $"{Kind}: the predictions have no layer '{Layer}'. {NearNames.Suggest(Layer, [.. all.Select(l => l.Name)])}", Layer);
    }
}
