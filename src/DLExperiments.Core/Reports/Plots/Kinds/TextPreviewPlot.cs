using System.ComponentModel.DataAnnotations;
using DLExperiments.Catalogues;
using DLExperiments.Data;
using DLExperiments.Reports.Plots.Charts;

namespace DLExperiments.Reports.Plots.Kinds;

/// <summary>Rows of a data set of texts, as text, each with its target.</summary>
[CatalogueEntry("TextPreview")]
public sealed class TextPreviewPlot : DatasetPlot
{
    /// <summary>How many rows, 1 to 200.</summary>
    [Range(1, 200)]
    public int Count { get; set; } = 10;

    private protected override Figure Draw(Dataset data)
    {
        if (data.Features[0] is not SequenceColumn text) throw Nothing("the first feature is not text.");
        var chart = new Chart { X = new Axis { Visible = false }, Y = new Axis { Visible = false } };
        var lines = new List<(string Key, string Text)>();
        float[] codes = new float[text.ItemShape[0]];
        for (int row = 0; row < Math.Min(Count, data.Count); row++)
        {
            data.ReadFeature(0, [row], codes);
            lines.Add((RowTitle.Of(data, row), RowTitle.Shown(text.Vocabulary.Decode(codes.Select(c => (int)c)))));
        }
        chart.Marks.Add(new TextMark([.. lines]));
        return new Figure([chart], 1) { Title = Title, Width = 860, Height = 48 + (Title.Length > 0 ? 30 : 0) + TextMark.LineHeight * lines.Count };
    }
}
