using System.ComponentModel.DataAnnotations;
using DLExperiments.Catalogues;
using DLExperiments.Data.Tables;
using DLExperiments.Data.Transforms;
using DLExperiments.Errors;
using DLExperiments.Networks;

namespace DLExperiments.Data.Formats;

/// <summary>
/// A table whose rows follow each other in time, as windows of consecutive values, [Window,columns], each with the value that follows as its
/// target. Chosen when -Window or another of its settings is given, or by -Format TimeSeries.
/// With -Scale (and -TrainRatio) windows and targets are scaled by what the rows of the piece Train show; predictions come in the column's own units.
/// </summary>
[CatalogueEntry("TimeSeries")]
public sealed class TimeSeriesFormat : DataFormat
{
    /// <summary>How many consecutive rows a window has.</summary>
    [Range(1, int.MaxValue)]
    public int Window { get; set; } = 1;

    /// <summary>The columns of a window: names or places (-1 is the last). The first is also what is predicted.</summary>
    public string[] Column { get; set; } = ["-1"];

    /// <summary>How many rows after the window the target lies.</summary>
    [Range(1, int.MaxValue)]
    public int Horizon { get; set; } = 1;

    /// <summary>The share of the rows, from the first on, that becomes the piece Train; the rest is Validation and Test. No window lies across.</summary>
    [Range(0.0, 1.0, MinimumIsExclusive = true, MaximumIsExclusive = true)]
    public double? TrainRatio { get; set; }

    /// <summary>How many rows to leave out at the end of the file.</summary>
    [Range(0, int.MaxValue)]
    public int SkipFooter { get; set; }

    /// <inheritdoc/>
    public override bool TakesTableParameter(string parameter) => parameter == "Scale";

    /// <inheritdoc/>
    public override int Recognize(DataFile file) => new CsvFormat().Recognize(file) > 0 ? 1 : 0;

    /// <inheritdoc/>
    /// <exception cref="ExperimentException">SeriesTooShort, and what tables may have.</exception>
    public override Dataset Read(ImportRequest request)
    {
        if (request.Table.Scale != FeatureScaling.None && TrainRatio is null)
            throw new ExperimentException("InvalidParameterValue", ErrorKind.InvalidArgument,
                "A series is scaled by the rows to train on: give -TrainRatio with -Scale. (Add-Transform MinMax -OnTarget scales targets after another split.)", "Scale");
        Dataset table = new CsvFormat { SkipFooter = SkipFooter }.Read(request with { Table = new TableOptions { Feature = Column, Number = Column } });
        TableColumn[] columns = [.. table.Schema!.Features];
        // The table keeps the file's order of columns; windows have the one that was asked for.
        int[] order = [.. Enumerable.Range(0, columns.Length).OrderBy(i => Array.FindIndex(Column, c => c.Equals(columns[i].Name, StringComparison.OrdinalIgnoreCase)))];
        int width = columns.Length, total = table.Count;
        float[] values = new float[total * width];
        table.ReadFeature(0, [.. Enumerable.Range(0, total)], values);
        int until = TrainRatio is { } share ? (int)(share * total) : total;
        int[] starts = [.. Starts(0, until), .. Starts(until, total)];
        int training = Starts(0, until).Count();
        if (training == 0 || (TrainRatio is not null && training == starts.Length))
            throw new ExperimentException("SeriesTooShort", ErrorKind.InvalidData,
                $"{total} rows{(TrainRatio is null ? "" : $", {until} of them to train on,")} are too few for windows of {Window} and a target {Horizon} later; give a smaller -Window.", request.Path);
        float[] windows = new float[starts.Length * Window * width], targets = new float[starts.Length];
        for (int i = 0; i < starts.Length; i++)
        {
            for (int t = 0; t < Window; t++)
                for (int c = 0; c < width; c++) windows[(i * Window + t) * width + c] = values[(starts[i] + t) * width + order[c]];
            targets[i] = values[(starts[i] + Window - 1 + Horizon) * width + order[0]];
        }
        string name = columns[order[0]].Name;
        var data = Dataset.Create(request.Name, [new FloatColumn("Window", new Shape(Window, width), windows)], [new FloatColumn(name, new Shape(), targets)], transforms: Scales(request.Table.Scale, values, order, until));
        return TrainRatio is null ? data : Pieces.Of(data, [.. starts.Select((_, i) => i < training ? 0 : 2)], request.Warn);
    }

    /// <summary>The scale of each column, taken from the rows to train on, for all of its places in a window and for the target.</summary>
    private ScalingTransform[] Scales(FeatureScaling scale, float[] values, int[] order, int until)
    {
        if (scale == FeatureScaling.None) return [];
        int width = order.Length;
        double[][] columns = [.. order.Select(c => Enumerable.Range(0, until).Select(r => (double)values[r * width + c]).ToArray())];
        double[] first, second;
        if (scale == FeatureScaling.MinMax) (first, second) = ([.. columns.Select(c => c.Min())], [.. columns.Select(c => c.Max())]);
        else
        {
            first = [.. columns.Select(c => c.Average())];
            second = [.. columns.Select((c, i) => Math.Sqrt(c.Average(v => (v - first[i]) * (v - first[i]))) is > 0 and double d ? d : 1)];
        }
        double[] Repeat(double[] statistics) => [.. Enumerable.Range(0, Window).SelectMany(_ => statistics)];
        ScalingTransform Make(double[] a, double[] b, bool onTarget) => scale == FeatureScaling.MinMax
            ? new MinMax { Minimum = a, Maximum = b, OnTarget = onTarget }
            : new Standardize { Mean = a, Deviation = b, OnTarget = onTarget };
        return [Make(Repeat(first), Repeat(second), false), Make([first[0]], [second[0]], true)];
    }

    private IEnumerable<int> Starts(int from, int to) => Enumerable.Range(from, Math.Max(0, to - from - Window - Horizon + 1));
}
