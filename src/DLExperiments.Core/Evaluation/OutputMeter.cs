using DLExperiments.Data;
using DLExperiments.Losses;
using DLExperiments.Metrics;
using DLExperiments.Models;
using DLExperiments.Networks;
using DLExperiments.Training;

namespace DLExperiments.Evaluation;

/// <summary>Measures one output of a model, batch by batch.</summary>
internal sealed class OutputMeter
{
    private readonly Loss loss;
    private readonly PreparedPiece piece;
    private readonly PreparedTarget targets;
    private readonly OutputReader reader;
    private readonly ConfusionMatrix? confusion;
    private readonly RegressionTally tally;
    private readonly LossMeter lossMeter;
    private readonly Preprocessing? scaled;
    private readonly MetricMeter? metrics;

    /// <param name="output">The output.</param>
    /// <param name="loss">The loss to measure.</param>
    /// <param name="shape">The output's shape.</param>
    /// <param name="piece">The data.</param>
    /// <param name="set">The place of the output's targets in it.</param>
    /// <param name="preprocessing">The model's.</param>
    /// <param name="request">Metrics beside those of the task; null for none.</param>
    internal OutputMeter(ModelOutput output, Loss loss, Shape shape, PreparedPiece piece, int set, Preprocessing preprocessing, MetricRequest? request)
    {
        scaled = output.IsFirstTarget && !preprocessing.TargetTransforms.IsEmpty ? preprocessing : null;
        Name = output.Name;
        this.loss = loss;
        this.piece = piece;
        targets = piece.TargetSets[set];
        reader = new OutputReader(output, shape, loss);
        lossMeter = LossMeter.Create(loss, targets.Layout, shape);
        confusion = reader.IsClassifier ? new ConfusionMatrix(reader.ClassNames) : null;
        tally = new RegressionTally(reader.Width);
        metrics = request is null ? null : new MetricMeter(request, new OutputForm(loss, targets.Layout, shape, output.ClassNames, scaled));
    }

    internal string Name { get; }

    internal void Add(float[] outputs, int start, int count)
    {
        int width = targets.Layout.Width;
        float[] wanted = targets.Values.AsSpan(start * width, count * width).ToArray();
        lossMeter.Add(outputs, wanted, count);
        metrics?.Add(outputs, wanted, count);
        for (int row = 0; row < count; row++) Add(outputs.AsSpan(row * reader.Width, reader.Width), wanted.AsSpan(row * width, width));
    }

    internal ModelMeasure Report(CancellationToken cancellation)
    {
        ModelMeasure measure = Report();
        measure.Metrics = metrics?.Report(cancellation) ?? [];
        return measure;
    }

    private ModelMeasure Report() => confusion is { } matrix
        ? new ClassificationMeasure
        {
            Output = Name,
            Dataset = piece.Data.Name,
            Count = piece.Count,
            LossType = loss.Type,
            Loss = lossMeter.Loss,
            Accuracy = (double)matrix.Correct / matrix.Total,
            Classes = matrix.MeasureClasses(),
            ConfusionMatrix = matrix,
        }
        : new RegressionMeasure
        {
            Output = Name,
            Dataset = piece.Data.Name,
            Count = piece.Count,
            LossType = loss.Type,
            Loss = lossMeter.Loss,
            MSE = tally.MSE,
            MAE = tally.MAE,
            MAPE = tally.MAPE,
            R2 = tally.R2,
        };

    private void Add(ReadOnlySpan<float> output, ReadOnlySpan<float> target)
    {
        if (confusion is null) AddNumbers(output, target);
        else confusion.Add(targets.Layout.IsIndex ? (int)target[0] : reader.ClassOfTarget(target), reader.Class(output));
    }

    private void AddNumbers(ReadOnlySpan<float> output, ReadOnlySpan<float> target)
    {
        if (scaled is null)
        {
            tally.Add(output, target);
            return;
        }
        // Errors are those of the target's own units; the loss stays the one that was trained.
        float[] predicted = output.ToArray(), actual = target.ToArray();
        scaled.InvertTarget(predicted, new Shape(predicted.Length));
        scaled.InvertTarget(actual, new Shape(actual.Length));
        tally.Add(predicted, actual);
    }
}
