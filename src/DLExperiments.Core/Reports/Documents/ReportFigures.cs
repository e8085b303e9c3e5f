using System.Globalization;
using System.Text;
using DLExperiments.Data;
using DLExperiments.Errors;
using DLExperiments.Evaluation;
using DLExperiments.Reports.Comparison;
using DLExperiments.Reports.Plots;
using DLExperiments.Reports.Plots.Kinds;
using DLExperiments.Training;

namespace DLExperiments.Reports.Documents;

/// <summary>The pictures of a report.</summary>
internal sealed class ReportFigures(ReportItems items, ReportLayout layout)
{
    // More lines than these cannot be told apart.
    private const int MostCurves = 8;

    private const string Label = "Settings";

    internal static bool IsImages(Dataset data) => data.Features[0].ItemShape is var shape
        && (shape.Count is 2 or 3 || (shape.Count == 1 && shape.ElementCount >= 64 && Math.Sqrt(shape.ElementCount) % 1 == 0 && data.Schema is null)) && (shape.Count < 3 || shape[0] is 1 or 3);

    /// <summary>Learning curves of the runs (repeats with other seeds as a band), and of epochs that were piped by themselves.</summary>
    internal IEnumerable<FigureBlock> Curves()
    {
        if (items.Runs.Count > 0)
        {
            (string[] differing, IReadOnlyDictionary<string, string>[] settings) = RunSettings.Differences(items.Data, items.Runs);
            var labels = items.Runs.Zip(settings, (run, s) => (run, label: RunSettings.Label(s, differing))).ToDictionary(r => r.run, r => r.label, ReferenceEqualityComparer.Instance);
            string[] all = [.. labels.Values.Distinct()], shown = [.. all.Take(layout == ReportLayout.Interim ? 4 : MostCurves)];
            bool repeats = all.Length < items.Runs.Count;
            object[] runs = [.. items.Runs.Where(r => shown.Contains(labels[r]))];
            PlotData data = new(runs, (item, name) => name == Label && labels.TryGetValue(item, out string? label) ? label : items.Data.Value(item, name), items.Data.Names);
            string what = items.Runs.Count == 1 ? "Learning curve" : all.Length > shown.Length ? $"Learning curves of the {shown.Length} best settings" : "Learning curves";
            string[] by = repeats && all.Length == 1 ? [] : [Label];
            yield return Draw(repeats && all.Length > 1 ? $"{what}: means of the seeds, bands from the least to the greatest." : $"{what}.", data, theme => new LearningCurvePlot
            {
                Theme = theme, By = by, Band = Spread.Range, Metric = layout == ReportLayout.Interim ? ["Loss"] : [],
                Width = layout == ReportLayout.Interim ? 560 : null, Height = layout == ReportLayout.Interim ? 400 : null,
            });
            string[] metrics = [.. runs.OfType<TrainingResult>().SelectMany(r => r.History.Take(1)).SelectMany(e => e.Metrics).Select(m => m.Name).Distinct()];
            if (metrics.Length > 0 && layout == ReportLayout.Full)
                yield return Draw("Metrics over the epochs.", data, theme => new LearningCurvePlot { Theme = theme, By = by, Band = Spread.Range, Metric = metrics });
        }
        if (items.Epochs.Count > 0) yield return Draw("Learning curves from files.", items.With(items.Epochs), theme => new LearningCurvePlot { Theme = theme });
    }

    /// <summary>The network of a run.</summary>
    internal FigureBlock Network(TrainingResult run) => Draw("The best run's network.", items.With([run]), theme => new NetworkPlot { Theme = theme });

    /// <summary>The confusion matrix of a measure.</summary>
    internal FigureBlock Confusion(ClassificationMeasure measure) => Draw(
        string.Create(CultureInfo.InvariantCulture, $"Confusion on {measure.Dataset}: accuracy {measure.Accuracy:0.0%} of {measure.Count:N0} rows."), items.With([measure]),
        theme => new ConfusionMatrixPlot { Theme = theme, Width = 460, Height = 400 });

    /// <summary>ROC and calibration of predictions; null where no class has both sorts of rows.</summary>
    internal IReadOnlyList<FigureBlock>? Ranks(IReadOnlyList<object> predictions)
    {
        try
        {
            PlotData data = items.With(predictions);
            return [Draw("ROC curves.", data, theme => new RocPlot { Theme = theme, Width = 460, Height = 470 }), Draw("Calibration.", data, theme => new CalibrationPlot { Theme = theme, Width = 460, Height = 470 })];
        }
        catch (ExperimentException e) when (e.ErrorId == "NothingToPlot")
        {
            return null; // one class only: such a curve does not exist
        }
    }

    /// <summary>Images of predicted rows.</summary>
    internal FigureBlock Images(string caption, Dataset data, IReadOnlyList<object> predictions, int most) =>
        Draw(caption, items.With(predictions), theme => new ImageGridPlot { Theme = theme, Dataset = data, Count = most, Columns = 8 });

    /// <summary>Files that were drawn before.</summary>
    /// <exception cref="ExperimentException">NotAPicture.</exception>
    internal IEnumerable<FigureBlock> Files()
    {
        foreach (string path in items.Pictures)
        {
            string caption = Path.GetFileNameWithoutExtension(path).Replace('-', ' ').Replace('_', ' ');
            switch (Path.GetExtension(path).ToLowerInvariant())
            {
                case ".svg":
                    string text = File.ReadAllText(path, Encoding.UTF8);
                    int start = text.IndexOf("<svg", StringComparison.Ordinal);
                    if (start < 0 || text.Contains("<script", StringComparison.OrdinalIgnoreCase)) throw NotAPicture(path, "it has no svg element, or a script");
                    yield return new FigureBlock(caption, text[start..], text[start..]);
                    break;
                case ".png" or ".jpg" or ".jpeg":
                    string kind = Path.GetExtension(path).ToLowerInvariant() == ".png" ? "png" : "jpeg";
                    string image = $"<img alt=\"{System.Net.WebUtility.HtmlEncode(caption)}\" src=\"data:image/{kind};base64,{Convert.ToBase64String(File.ReadAllBytes(path))}\">";
                    yield return new FigureBlock(caption, image, image);
                    break;
                default:
                    throw NotAPicture(path, "its ending is neither .svg, .png nor .jpg");
            }
        }
    }

    private static FigureBlock Draw(string caption, PlotData data, Func<PlotTheme, Plot> plot) =>
        new(caption, PlotFile.ToSvg(plot(PlotTheme.Light), data), PlotFile.ToSvg(plot(PlotTheme.Dark), data));

    private static ExperimentException NotAPicture(string path, string why) =>
        new("NotAPicture", ErrorKind.InvalidData, $"'{path}' cannot be put into a report: {why}.", path);
}
