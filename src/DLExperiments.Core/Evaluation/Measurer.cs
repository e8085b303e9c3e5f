using DLExperiments.Data;
using DLExperiments.Errors;
using DLExperiments.Losses;
using DLExperiments.Models;
using DLExperiments.Networks;
using DLExperiments.Training;

namespace DLExperiments.Evaluation;

/// <summary>Measures a model on a data set in evaluation mode: the loss, and what suits a classifier or a regressor.</summary>
public sealed class Measurer
{
    private readonly Model model;
    private readonly Loss loss;
    private readonly PreparedPiece piece;
    private readonly OutputReader reader;
    private readonly ConfusionMatrix? confusion;
    private readonly RegressionTally tally;
    private readonly LossMeter lossMeter;

    private Measurer(Model model, Dataset data, Loss loss)
    {
        this.model = model;
        this.loss = loss;
        piece = PreparedPiece.Create(data, model.Preprocessing, model.Network, loss, model.ClassNames);
        reader = new OutputReader(model, loss);
        lossMeter = LossMeter.Create(loss, piece.Layout, model.Network.OutputShape);
        confusion = reader.IsClassifier ? new ConfusionMatrix(reader.ClassNames) : null;
        tally = new RegressionTally(reader.Width);
    }

    /// <summary>Measures a model.</summary>
    /// <param name="model">The model.</param>
    /// <param name="data">The data set, with targets.</param>
    /// <param name="loss">The loss; null for the one that the model was trained with.</param>
    /// <param name="batchSize">Rows at a time, or null for what fits; the result does not depend on it.</param>
    /// <param name="cancellation">Stops between batches.</param>
    /// <exception cref="ExperimentException">The data does not fit the network or the loss, or the model has no loss and none is given.</exception>
    public static ModelMeasure Measure(Model model, Dataset data, Loss? loss = null, int? batchSize = null, CancellationToken cancellation = default)
    {
        loss ??= model.Loss ?? throw new ExperimentException("MissingLoss", ErrorKind.InvalidArgument,
            "The model was never trained, so it has no loss of its own; give one with -Loss.", model);
        var measurer = new Measurer(model, data, loss);
        int step = batchSize ?? ModelRunner.RowsAtATime(model);
        for (int start = 0; start < data.Count; start += step)
        {
            cancellation.ThrowIfCancellationRequested();
            measurer.Add(start, Math.Min(step, data.Count - start));
        }
        return measurer.Report();
    }

    private void Add(int start, int count)
    {
        float[] features = new float[count * model.Network.InputShape.ElementCount];
        piece.ReadInput(0, Enumerable.Range(start, count).ToArray(), features);
        int width = piece.Layout.Width;
        float[] targets = piece.Targets.AsSpan(start * width, count * width).ToArray();
        float[] outputs = ModelRunner.Of(model).Run(features, count);
        lossMeter.Add(outputs, targets, count);
        for (int row = 0; row < count; row++)
            Add(outputs.AsSpan(row * reader.Width, reader.Width), targets.AsSpan(row * width, width));
    }

    private void Add(ReadOnlySpan<float> output, ReadOnlySpan<float> target)
    {
        if (confusion is null) AddNumbers(output, target);
        else confusion.Add(piece.Layout.IsIndex ? (int)target[0] : reader.ClassOfTarget(target), reader.Class(output));
    }

    private void AddNumbers(ReadOnlySpan<float> output, ReadOnlySpan<float> target)
    {
        if (model.Preprocessing.TargetTransforms.IsEmpty)
        {
            tally.Add(output, target);
            return;
        }
        // Errors are those of the target's own units; the loss stays the one that was trained.
        float[] predicted = output.ToArray(), actual = target.ToArray();
        model.Preprocessing.InvertTarget(predicted, new Shape(predicted.Length));
        model.Preprocessing.InvertTarget(actual, new Shape(actual.Length));
        tally.Add(predicted, actual);
    }

    private ModelMeasure Report() => confusion is { } matrix
        ? new ClassificationMeasure
        {
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
            Dataset = piece.Data.Name,
            Count = piece.Count,
            LossType = loss.Type,
            Loss = lossMeter.Loss,
            MSE = tally.MSE,
            MAE = tally.MAE,
            MAPE = tally.MAPE,
            R2 = tally.R2,
        };
}
