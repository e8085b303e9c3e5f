using System.Collections;
using System.Globalization;
using System.Management.Automation;
using DLExperiments.Errors;
using DLExperiments.Reports.Plots;
using DLExperiments.Training;
using DLExperiments.Training.Curves;

namespace DLExperiments.Commands.Reports;

/// <summary>Writes the epochs of one run as a learning curve, the CSV file that Invoke-Training -LearningCurve writes.</summary>
/// <remarks>The file has a row for each epoch with all digits of its numbers; Import-LearningCurve reads it back. A file holds one run.</remarks>
[Cmdlet(VerbsData.Export, "LearningCurve", SupportsShouldProcess = true)]
[OutputType(typeof(FileInfo))]
public sealed class ExportLearningCurveCommand : ExperimentCommand
{
    private readonly List<EpochResult> epochs = [];

    /// <summary>The result of a training, or its epochs; also rows of Import-LearningCurve.</summary>
    [Parameter(Mandatory = true, ValueFromPipeline = true)]
    public PSObject InputObject { get; set; } = null!;

    /// <summary>The file to write.</summary>
    [Parameter(Mandatory = true, Position = 0)]
    [ValidateNotNullOrEmpty]
    public string Path { get; set; } = "";

    /// <summary>Replaces an existing file.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <summary>Writes the file to the pipeline.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <inheritdoc/>
    protected override void Process()
    {
        foreach (EpochResult epoch in InputObject.BaseObject switch
        {
            TrainingResult run => run.History,
            EpochResult one => [one],
            _ => new[] { Restore(InputObject) },
        })
        {
            if (epochs.Count > 0 && epoch.Epoch <= epochs[^1].Epoch)
                throw new ExperimentException("SeveralRuns", ErrorKind.InvalidData,
                    $"Epoch {epoch.Epoch} comes after epoch {epochs[^1].Epoch}: a learning curve holds one run. Write a file for each run.", InputObject);
            epochs.Add(epoch);
        }
    }

    /// <inheritdoc/>
    protected override void End()
    {
        string path = ResolveTarget(Path, Force);
        if (!ShouldProcess(path, "Export learning curve")) return;
        string[] columns = [.. epochs.SelectMany(e => e.Measures.Keys).Concat(epochs.SelectMany(e => e.Metrics).SelectMany(m => new[] { $"Training{m.Name}", $"Validation{m.Name}" })).Distinct(StringComparer.OrdinalIgnoreCase)];
        using (var writer = new LearningCurveWriter(path, Force, columns))
            foreach (EpochResult epoch in epochs) writer.OnEpoch(epoch);
        if (PassThru) WriteFile(path);
    }

    // Epochs that were read from a file or came from another process are plain properties.
    private static EpochResult Restore(PSObject row)
    {
        double? Number(params string[] names)
        {
            foreach (string name in names)
                if (row.Properties[name]?.Value is { } value) return TryNumber(value, out double number) ? number : null;
            return null;
        }

        if (Number("Epoch") is not { } epoch)
            throw new ExperimentException("NotAnEpoch", ErrorKind.InvalidData, "What was piped in is neither the result of a training nor has it an Epoch.", row);
        return new EpochResult
        {
            Epoch = (int)epoch,
            TrainingLoss = Number("TrainingLoss") ?? double.NaN,
            TrainingAccuracy = Number("TrainingAccuracy"),
            ValidationLoss = Number("ValidationLoss"),
            ValidationAccuracy = Number("ValidationAccuracy"),
            LearningRate = Number("LearningRate") ?? double.NaN,
            Penalty = Number("Penalty"),
            GradientNorm = Number("GradientNorm"),
            WeightNorm = Number("WeightNorm"),
            DeadUnits = Number("DeadUnits"),
            Measures = Measures(row),
            Step = (long)(Number("Step") ?? 0),
            SampleCount = (int)(Number("SampleCount") ?? 0),
            Duration = Span(Number("DurationSeconds", "Duration")),
            Elapsed = Span(Number("ElapsedSeconds", "Elapsed")),
            SamplesPerSecond = Number("SamplesPerSecond") ?? double.NaN,
            Timestamp = row.Properties["Timestamp"]?.Value is { } time ? Moment(time is PSObject p ? p.BaseObject : time) : DateTime.UnixEpoch,
        };
    }

    // From another process those of the objective are a table; metrics, and all that was read from a file, are columns beside those that every curve has.
    private static Dictionary<string, double> Measures(PSObject row)
    {
        IEnumerable<(string Name, object? Value)> given = row.Properties.Where(p => !LearningCurveWriter.Columns.Contains(p.Name)
            && (p.Name.StartsWith("Training", StringComparison.Ordinal) || p.Name.StartsWith("Validation", StringComparison.Ordinal))).Select(p => (p.Name, (object?)p.Value));
        if (row.Properties[nameof(EpochResult.Measures)]?.Value is { } table && (table is PSObject wrapped ? wrapped.BaseObject : table) is IDictionary known)
            given = known.Cast<DictionaryEntry>().Select(e => (e.Key.ToString()!, e.Value)).Concat(given);
        var measures = new Dictionary<string, double>(StringComparer.OrdinalIgnoreCase);
        foreach ((string name, object? value) in given)
            if (TryNumber(value, out double number)) measures[name] = number;
        return measures;
    }

    // An empty field is no value; NaN is one, of a metric that is not defined for an epoch.
    private static bool TryNumber(object? value, out double number)
    {
        object? plain = value is PSObject wrapped ? wrapped.BaseObject : value;
        return PlotData.TryNumber(plain, out number) && plain is not (null or "");
    }

    // A text says itself that it is in UTC; as a local time it would be written with an offset.
    private static DateTime Moment(object value) => value is string text
        ? DateTime.Parse(text, CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind) : Convert.ToDateTime(value, CultureInfo.InvariantCulture);

    // To the nearest tick: FromSeconds cuts off, and a time that was read would then not be written again as it was.
    private static TimeSpan Span(double? seconds) => new((long)Math.Round((seconds ?? 0) * TimeSpan.TicksPerSecond));
}
