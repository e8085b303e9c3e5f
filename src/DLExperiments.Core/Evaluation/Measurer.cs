using DLExperiments.Data;
using DLExperiments.Errors;
using DLExperiments.Losses;
using DLExperiments.Models;
using DLExperiments.Training;
using DLExperiments.Training.Objectives;

namespace DLExperiments.Evaluation;

/// <summary>Measures a model on a data set in evaluation mode: the loss, and what suits a classifier or a regressor; each output by itself.</summary>
public sealed class Measurer
{
    private readonly Model model;
    private readonly PreparedPiece piece;
    private readonly OutputMeter[] meters;

    private Measurer(Model model, Dataset data, IReadOnlyList<(ModelOutput Output, Loss Loss)> outputs, MetricRequest? request)
    {
        this.model = model;
        piece = PreparedPiece.Create(data, model.Preprocessing, model.Network, [.. model.Network.Inputs.Select(i => i.Name)],
            [.. outputs.Select(o => new TargetPlan(o.Output.Name, o.Output.Target, o.Loss, model.Network.ShapeOf(o.Output.Name), o.Output.ClassNames))]);
        meters = [.. outputs.Select((o, i) => new OutputMeter(o.Output, o.Loss, model.Network.ShapeOf(o.Output.Name), piece, i, model.Preprocessing, request))];
    }

    /// <summary>Measures the one output of a model.</summary>
    /// <param name="model">The model.</param>
    /// <param name="data">The data set, with targets.</param>
    /// <param name="loss">The loss; null for the one that the model was trained with.</param>
    /// <param name="batchSize">Rows at a time, or null for what fits; the result does not depend on it.</param>
    /// <param name="cancellation">Stops between batches.</param>
    /// <param name="request">Metrics beside those of the task; null for none.</param>
    /// <exception cref="ExperimentException">As <see cref="MeasureAll"/>, and AmbiguousOutput: there are several outputs.</exception>
    public static ModelMeasure Measure(Model model, Dataset data, Loss? loss = null, int? batchSize = null, CancellationToken cancellation = default, MetricRequest? request = null) =>
        MeasureAll(model, data, loss, null, batchSize, cancellation, request) is [var only] ? only : throw new ExperimentException("AmbiguousOutput", ErrorKind.InvalidArgument,
            $"The model has several outputs: {string.Join(", ", model.Outputs.Select(o => $"'{o.Name}'"))}; measure all, or say which.", model);

    /// <summary>Measures a model: each output that was trained (auxiliary ones only when asked for).</summary>
    /// <param name="model">The model.</param>
    /// <param name="data">The data set, with targets.</param>
    /// <param name="loss">The loss; null for those that the model was trained with.</param>
    /// <param name="outputs">Names of the outputs; null for all that were trained and are not auxiliary.</param>
    /// <param name="batchSize">Rows at a time, or null for what fits; the result does not depend on it.</param>
    /// <param name="cancellation">Stops between batches.</param>
    /// <param name="request">Metrics beside those of the task; null for none.</param>
    /// <exception cref="ExperimentException">The data does not fit the network or the loss, the model has no loss and none is given, or there is no such output (UnknownOutput).</exception>
    public static IReadOnlyList<ModelMeasure> MeasureAll(Model model, Dataset data, Loss? loss = null, IReadOnlyList<string>? outputs = null, int? batchSize = null, CancellationToken cancellation = default,
        MetricRequest? request = null)
    {
        if (outputs is null && model.Objective is { } objective and not (SupervisedObjective or MultiTaskObjective))
            return [ObjectiveMeasurer.Measure(model, data, objective, loss, request)];
        IReadOnlyList<ModelOutput> wanted = outputs is null
            ? [.. model.Outputs.Where(o => !o.IsAuxiliary && (o.Loss is not null || loss is not null && model.Outputs.All(other => other.Loss is null)))]
            : [.. outputs.Select(name => OutputChoice.Find(model, name))];
        if (wanted.Count == 0 || wanted.FirstOrDefault(o => o.Loss is null && loss is null) is not null)
            throw new ExperimentException("MissingLoss", ErrorKind.InvalidArgument, "The model was never trained, so it has no loss of its own; give one with -Loss.", model);
        var measurer = new Measurer(model, data, [.. wanted.Select(o => (o, loss ?? o.Loss!))], request);
        int step = batchSize ?? ModelRunner.RowsAtATime(model);
        for (int start = 0; start < data.Count; start += step)
        {
            cancellation.ThrowIfCancellationRequested();
            measurer.Add(start, Math.Min(step, data.Count - start));
        }
        return [.. measurer.meters.Select(m => m.Report(cancellation))];
    }

    private void Add(int start, int count)
    {
        int[] rows = [.. Enumerable.Range(start, count)];
        float[][] inputs = [.. piece.Sources.Select((source, i) =>
        {
            float[] values = new float[count * source.Input.Shape.ElementCount];
            piece.ReadInput(i, rows, values);
            return values;
        })];
        string[] names = [.. meters.Select(m => m.Name)];
        float[][] outputs = ModelRunner.Of(model, names).Run(inputs, count, names);
        for (int i = 0; i < meters.Length; i++) meters[i].Add(outputs[i], start, count);
    }
}
