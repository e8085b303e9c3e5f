using System.Collections;
using System.Globalization;
using DLExperiments.Data;
using DLExperiments.Data.Tables;
using DLExperiments.Data.Text;
using DLExperiments.Errors;
using DLExperiments.Models;
using DLExperiments.Networks;

namespace DLExperiments.Evaluation;

/// <summary>Predicts rows with a model: of a data set, or one by one as they come down a pipeline.</summary>
public sealed class Predictor
{
    private readonly Model model;
    private readonly OutputReader reader;
    private readonly Shape input;
    private readonly (string Name, Shape Shape)[] layers;

    /// <summary>Prepares to predict.</summary>
    /// <param name="model">The model.</param>
    /// <param name="layers">Names of layers (or blocks, or inputs) whose results are put beside each prediction; none by default.</param>
    /// <exception cref="ExperimentException">UnknownLayerName: the network has no such layer.</exception>
    public Predictor(Model model, IReadOnlyList<string>? layers = null)
    {
        this.layers = [.. (layers ?? []).Select(name => (name, model.Network.ShapeOf(name)))];
        this.model = model;
        input = model.Network.InputShape;
        reader = new OutputReader(model, model.Loss);
    }

    /// <summary>Predicts all rows of a data set; its targets, when it has any, are put beside the predictions.</summary>
    /// <param name="data">The data set.</param>
    /// <param name="cancellation">Stops between batches.</param>
    /// <exception cref="ExperimentException">DataShapeMismatch: a row of the data is not what the network takes.</exception>
    public IEnumerable<RowPrediction> Predict(Dataset data, CancellationToken cancellation = default)
    {
        Shape given = data.Features[0].ItemShape;
        if (given.ElementCount != input.ElementCount)
            throw new ExperimentException("DataShapeMismatch", ErrorKind.InvalidOperation,
                $"The network takes {input}, but a row of the data set '{data.Name}' has {given}.", data.Name);
        model.Preprocessing.VerifyVocabulary(data);
        int step = ModelRunner.RowsAtATime(model);
        for (int start = 0; start < data.Count; start += step)
        {
            cancellation.ThrowIfCancellationRequested();
            int[] rows = [.. Enumerable.Range(start, Math.Min(step, data.Count - start))];
            float[] features = new float[rows.Length * input.ElementCount];
            model.Preprocessing.Read(data, 0, rows, features);
            float[][] outputs = Run(features, rows.Length);
            float?[] actual = ReadActual(data, rows);
            for (int i = 0; i < rows.Length; i++)
                yield return Read(outputs, i, rows[i], null, actual[i]);
        }
    }

    /// <summary>Predicts one row.</summary>
    /// <param name="cells">Gives the row's value in a column; null when the row is a list of numbers.</param>
    /// <param name="numbers">The row as numbers, when <paramref name="cells"/> is null: as many as the network takes.</param>
    /// <param name="row">The row's place, from 0.</param>
    /// <param name="inputObject">The object to put beside the prediction.</param>
    /// <exception cref="ExperimentException">A column is missing or has a value that the model cannot take; the message names both.</exception>
    public RowPrediction Predict(Func<string, object?>? cells, IEnumerable? numbers, int row, object? inputObject)
    {
        float[] features = cells is null ? Flatten(numbers!, row) : Encode(cells, row);
        foreach (var transform in model.Preprocessing.Transforms) transform.Apply(features, input);
        return Read(Run(features, 1), 0, row, inputObject, Actual(cells));
    }

    /// <summary>Predicts one text with a model that was trained on text.</summary>
    /// <param name="text">The text; it is taken apart, numbered, cut and filled as the training texts were.</param>
    /// <param name="row">The row's place, from 0.</param>
    /// <param name="inputObject">The object to put beside the prediction.</param>
    /// <exception cref="ExperimentException">NotATextModel: the model was not trained on text. UnknownSymbol or TextTooShort: it cannot be numbered.</exception>
    public RowPrediction Predict(string text, int row, object? inputObject)
    {
        TextCoding coding = model.Preprocessing.Text ?? throw new ExperimentException("NotATextModel", ErrorKind.InvalidArgument,
            $"Row {row + 1} is a text, but the model was not trained on text.", text);
        float[] features = new float[coding.Length];
        coding.Encode(text, features, $"Row {row + 1}");
        return Read(Run(features, 1), 0, row, inputObject, null);
    }

    private float[][] Run(float[] features, int rows) => layers.Length == 0
        ? [ModelRunner.Of(model).Run(features, rows)]
        : TorchModelRunner.Of(model).Run(features, rows, [.. layers.Select(l => l.Name)]);

    private RowPrediction Read(float[][] outputs, int place, int row, object? inputObject, float? actual)
    {
        Span<float> own = outputs[0].AsSpan(place * reader.Width, reader.Width);
        if (!reader.IsClassifier) model.Preprocessing.InvertTarget(own, new Shape(reader.Width));
        RowPrediction prediction = reader.Predict(own, row, inputObject, actual);
        if (layers.Length == 0) return prediction;
        prediction.Layers = [];
        for (int i = 0; i < layers.Length; i++)
        {
            int size = layers[i].Shape.ElementCount;
            prediction.Layers[layers[i].Name] = new LayerOutput(layers[i].Name, layers[i].Shape, outputs[i + 1].AsSpan(place * size, size).ToArray());
        }
        return prediction;
    }

    private float[] Encode(Func<string, object?> cells, int row)
    {
        if (model.Preprocessing.Text is { } coding) return EncodeText(coding, cells, row);
        TableSchema schema = model.Preprocessing.Schema ?? throw new ExperimentException("MissingSchema", ErrorKind.InvalidArgument,
            $"The model was not trained on a table, so it does not know the columns of a row; give it a data set or lists of {input.ElementCount} numbers.", model);
        if (schema.Features.All(column => cells(column.Name) is null))
            throw new ExperimentException("MissingColumns", ErrorKind.InvalidData,
                $"Row {row + 1} has none of the columns that the model was trained on: {string.Join(", ", schema.Features.Take(20).Select(c => c.Name))}.", model);
        return TableEncoder.Encode(schema, cells, row + 1);
    }

    private static float[] EncodeText(TextCoding coding, Func<string, object?> cells, int row)
    {
        if (cells("Text") is not string text)
            throw new ExperimentException("MissingColumns", ErrorKind.InvalidData, $"Row {row + 1} has no text: the model was trained on text; give it strings, or objects with a property Text.", row);
        float[] features = new float[coding.Length];
        coding.Encode(text, features, $"Row {row + 1}");
        return features;
    }

    private float[] Flatten(IEnumerable numbers, int row)
    {
        var flat = new List<float>(input.ElementCount);
        Collect(numbers, flat, row);
        return flat.Count == input.ElementCount ? [.. flat] : throw new ExperimentException("DataShapeMismatch", ErrorKind.InvalidOperation,
            $"Row {row + 1} has {flat.Count} numbers, but the network takes {input} ({input.ElementCount} numbers).", numbers);
    }

    private static void Collect(IEnumerable numbers, List<float> flat, int row)
    {
        foreach (object? item in numbers)
        {
            if (item is IEnumerable inner and not string) Collect(inner, flat, row);
            else if (double.TryParse(Convert.ToString(item, CultureInfo.InvariantCulture), NumberStyles.Float, CultureInfo.InvariantCulture, out double number) && double.IsFinite(number))
                flat.Add((float)number);
            else throw new ExperimentException("NonNumericValue", ErrorKind.InvalidData, $"Row {row + 1} holds '{item}', which is not a finite number.", item);
        }
    }

    private float?[] ReadActual(Dataset data, int[] rows)
    {
        float?[] actual = new float?[rows.Length];
        if (data.Targets.Count == 0 || data.Targets[0].ItemShape.ElementCount != 1) return actual;
        float[] values = new float[rows.Length];
        data.ReadTarget(0, rows, values);
        for (int i = 0; i < values.Length; i++) actual[i] = reader.Match(values[i], data.ClassNames);
        return actual;
    }

    // A piped row that still has its target column is shown with it; what does not fit is simply not there.
    private float? Actual(Func<string, object?>? cells)
    {
        if (cells is null || model.Preprocessing.Schema?.Targets is not [var target, ..] || cells(target.Name) is not { } value) return null;
        string text = Convert.ToString(value, CultureInfo.InvariantCulture) ?? "";
        if (target.Categories.Length > 0) return TableEncoder.IndexOf(target, text) is >= 0 and int index ? index : null;
        return float.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out float number) ? number : null;
    }
}
