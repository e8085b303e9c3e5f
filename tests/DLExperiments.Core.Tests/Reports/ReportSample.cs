using DLExperiments.Data;
using DLExperiments.Data.Splitting;
using DLExperiments.Data.Synthetic;
using DLExperiments.Metrics;
using DLExperiments.Networks;
using DLExperiments.Networks.Layers;
using DLExperiments.Reports.Documents;
using DLExperiments.Reports.Plots;
using DLExperiments.Training;

namespace DLExperiments.Tests.Reports;

/// <summary>A few real runs on drawn digits, and what a report of them holds.</summary>
internal static class ReportSample
{
    private static readonly Lazy<(Dataset Data, TrainingResult[] Runs)> Made = new(Make);

    internal static Dataset Data => Made.Value.Data;

    internal static TrainingResult[] Runs => Made.Value.Runs;

    internal static ReportSettings Settings => new()
    {
        Title = "Digits <b>&", Author = "A. Student", Data = Data, Command = "./train.ps1 -Rate 0.01", Script = "# a < b\ntrain",
        Texts = [("Introduction", ["What is <it>?"]), ("Related work", ["Others."]), ("Discussion", ["One.", "Two."])], Date = new DateTime(2026, 3, 9),
    };

    internal static string Html(ReportSettings settings, params object[] items) =>
        HtmlReport.Write(settings, new ReportBuilder(new ReportItems(new PlotData(items)), settings, default).Build());

    private static (Dataset, TrainingResult[]) Make()
    {
        Dataset data = new HoldOut { Ratio = [.7, .15, .15], Stratify = true }.Split(new Digits { Count = 300, Seed = 4 }.Generate());
        NetworkDefinition network = NetworkDefinition.Create(data.InputShape).Add(new FlattenLayer()).Add(new LinearLayer { OutFeatures = 24 }).Add(new ReLULayer()).Add(new LinearLayer { OutFeatures = 10 });
        return (data, [.. from rate in new[] { 1e-3, 1e-2 } from seed in new[] { 1, 2 }
            select Trainer.Train(TrainingRequest.New(network, data), new TrainingOptions { LearningRate = rate, Seed = seed, Epochs = 3, Metrics = [new F1Metric()] })]);
    }
}
