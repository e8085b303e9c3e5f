using System.ComponentModel.DataAnnotations;
using DLExperiments.Catalogues;
using DLExperiments.Data.Downloads;
using DLExperiments.Data.Formats;
using DLExperiments.Data.Tables;

namespace DLExperiments.Data.Named;

/// <summary>Thousands of airline passengers a month, 1949 to 1960: windows of consecutive months, each with the month that follows.</summary>
[CatalogueEntry("AirlinePassengers")]
public sealed class AirlinePassengers : NamedDataset
{
    /// <summary>How many months a window has.</summary>
    [Range(1, 100)]
    public int Window { get; set; } = 5;

    /// <summary>The share of the months, from the first on, that becomes the piece Train; the rest is Validation and Test.</summary>
    [Range(0.0, 1.0, MinimumIsExclusive = true, MaximumIsExclusive = true)]
    public double TrainRatio { get; set; } = 0.7;

    /// <summary>How windows and targets are scaled, fitted on the months of the piece Train; predictions come in passengers again.</summary>
    public FeatureScaling Scale { get; set; }

    /// <inheritdoc/>
    public override string Task => "time series";

    /// <inheritdoc/>
    public override int Rows => 134;

    /// <inheritdoc/>
    public override string Source => "Box, Jenkins 1976, series G";

    /// <inheritdoc/>
    public override string License => "none stated";

    /// <inheritdoc/>
    public override IReadOnlyList<RemoteFile> Files =>
    [
        new("airline-passengers.csv", 2180, Checksum.SHA256("8cb51be753a718d9be5d76d7e238cc224792754676adc21faa59e954b0201621"),
            "https://raw.githubusercontent.com/jbrownlee/Datasets/master/airline-passengers.csv"),
    ];

    /// <inheritdoc/>
    public override Dataset Load(string folder, Action<string>? warn = null, CancellationToken cancellation = default) =>
        Read(new TimeSeriesFormat { Window = Window, TrainRatio = TrainRatio, Column = ["Passengers"] }, Path.Combine(folder, Files[0].Name), new TableOptions { Scale = Scale }, warn, cancellation);
}
