using System.Collections;
using System.Collections.Specialized;
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
    private readonly (string Name, OutputReader Reader, ModelOutput Output)[] outputs;
    private readonly (string Name, Shape Shape)[] layers;
    private readonly string[] wanted;
    private readonly int width;
    private IReadOnlyList<FeatureSource>? rowSources;

    /// <summary>Prepares to predict.</summary>
    /// <param name="model">The model.</param>
    /// <param name="layers">Names of layers (or blocks, or inputs) whose results are put beside each prediction; none by default.</param>
    /// <param name="outputs">Names of outputs to predict; all but auxiliary ones by default.</param>
    /// <exception cref="ExperimentException">UnknownLayerName: the network has no such layer; UnknownOutput: the model has no such output.</exception>
    public Predictor(Model model, IReadOnlyList<string>? layers = null, IReadOnlyList<string>? outputs = null)
    {
        this.layers = [.. (layers ?? []).Select(name => (name, model.Network.ShapeOf(name)))];
        this.model = model;
        width = model.Network.Inputs.Sum(i => i.Shape.ElementCount);
        IEnumerable<ModelOutput> chosen = outputs is { Count: > 0 } ? outputs.Select(name => OutputChoice.Find(model, name)) : model.Outputs.Where(o => !o.IsAuxiliary);
        this.outputs = [.. chosen.Select(o => (o.Name, new OutputReader(o, model.Network.ShapeOf(o.Name), o.Loss), o))];
        wanted = [.. this.outputs.Select(o => o.Name), .. this.layers.Select(l => l.Name)];
    }

    /// <summary>Predicts all rows of a data set; its targets, when it has any, are put beside the predictions.</summary>
    /// <param name="data">The data set.</param>
    /// <param name="cancellation">Stops between batches.</param>
    /// <exception cref="ExperimentException">DataShapeMismatch: a row of the data is not what the network takes.</exception>
    public IEnumerable<RowPrediction> Predict(Dataset data, CancellationToken cancellation = default)
    {
        IReadOnlyList<FeatureSource> sources = FeatureSource.Resolve(model.Network.Inputs, [.. data.Features.Select(f => (f.Name, f.ItemShape))], data.Schema, data.Name);
        foreach (FeatureSource source in sources.Where(s => s.IsWhole))
            if (data.Features[source.Feature].ItemShape is var given && given.ElementCount != source.Input.Shape.ElementCount)
                throw new ExperimentException("DataShapeMismatch", ErrorKind.InvalidOperation,
                    $"The network takes {source.Input.Shape}, but a row of the data set '{data.Name}' has {given}.", data.Name);
        model.Preprocessing.VerifyVocabulary(data);
        int step = ModelRunner.RowsAtATime(model);
        for (int start = 0; start < data.Count; start += step)
        {
            cancellation.ThrowIfCancellationRequested();
            int[] rows = [.. Enumerable.Range(start, Math.Min(step, data.Count - start))];
            float[][] results = Run([.. sources.Select(s => Read(data, s, rows))], rows.Length);
            float?[][] actual = [.. outputs.Select(o => ReadActual(data, o.Output, o.Reader, rows))];
            for (int i = 0; i < rows.Length; i++) yield return Read(results, i, rows[i], null, o => actual[o][i]);
        }
    }

    /// <summary>Predicts one row.</summary>
    /// <param name="cells">Gives the row's value in a column; null when the row is a list of numbers.</param>
    /// <param name="numbers">The row as numbers, when <paramref name="cells"/> is null: as many as the network takes, in the order of its inputs.</param>
    /// <param name="row">The row's place, from 0.</param>
    /// <param name="inputObject">The object to put beside the prediction.</param>
    /// <exception cref="ExperimentException">A column is missing or has a value that the model cannot take; the message names both.</exception>
    public RowPrediction Predict(Func<string, object?>? cells, IEnumerable? numbers, int row, object? inputObject)
    {
        float[] features = cells is null ? Flatten(numbers!, row) : Encode(cells, row);
        IReadOnlyList<FeatureSource> sources = rowSources ??= RowSources(features.Length);
        // Steps are fitted to the first feature: a whole table row, or the first input.
        int first = sources[0].IsWhole ? sources[0].Input.Shape.ElementCount : features.Length;
        Shape shape = sources[0].IsWhole ? sources[0].Input.Shape : new Shape(first);
        foreach (var transform in model.Preprocessing.Transforms) transform.Apply(features.AsSpan(0, first), shape);
        float[][] inputs = [.. sources.Select(s => features.AsSpan(s.Offset, s.Input.Shape.ElementCount).ToArray())];
        return Read(Run(inputs, 1), 0, row, inputObject, o => Actual(cells, outputs[o].Output, outputs[o].Reader));
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
        return Read(Run([features], 1), 0, row, inputObject, _ => null);
    }

    private IReadOnlyList<FeatureSource> RowSources(int length)
    {
        if (model.Preprocessing.Schema is { } schema && schema.FeatureWidth == length)
            return FeatureSource.Resolve(model.Network.Inputs, [("row", model.Network.Inputs.Length == 1 ? model.Network.InputShape : new Shape(length))], schema, "row");
        var sources = new List<FeatureSource>();
        int at = 0;
        foreach (NetworkInput input in model.Network.Inputs)
        {
            sources.Add(new FeatureSource(input, sources.Count, at, true));
            at += input.Shape.ElementCount;
        }
        return sources;
    }

    private float[] Read(Dataset data, FeatureSource source, int[] rows)
    {
        float[] values = new float[rows.Length * source.Input.Shape.ElementCount];
        if (source.IsWhole) model.Preprocessing.Read(data, source.Feature, rows, values);
        else model.Preprocessing.ReadPart(data, source, rows, values);
        return values;
    }

    private float[][] Run(float[][] inputs, int rows) => ModelRunner.Of(model, wanted).Run(inputs, rows, wanted);

    private RowPrediction Read(float[][] results, int place, int row, object? inputObject, Func<int, float?> actual)
    {
        RowPrediction One(int o)
        {
            (_, OutputReader reader, ModelOutput output) = outputs[o];
            Span<float> own = results[o].AsSpan(place * reader.Width, reader.Width);
            if (!reader.IsClassifier && output.IsFirstTarget) model.Preprocessing.InvertTarget(own, new Shape(reader.Width));
            return reader.Predict(own, row, inputObject, actual(o));
        }

        RowPrediction prediction;
        if (outputs.Length == 1)
        {
            prediction = One(0);
        }
        else
        {
            var all = new OrderedDictionary();
            for (int o = 0; o < outputs.Length; o++) all[outputs[o].Name] = One(o);
            prediction = new MultiPrediction { Row = row, InputObject = inputObject, Outputs = all };
        }
        if (layers.Length == 0) return prediction;
        prediction.Layers = [];
        for (int i = 0; i < layers.Length; i++)
        {
            int size = layers[i].Shape.ElementCount;
            prediction.Layers[layers[i].Name] = new LayerOutput(layers[i].Name, layers[i].Shape, results[outputs.Length + i].AsSpan(place * size, size).ToArray());
        }
        return prediction;
    }

    private float[] Encode(Func<string, object?> cells, int row)
    {
        if (model.Preprocessing.Text is { } coding) return EncodeText(coding, cells, row);
        TableSchema schema = model.Preprocessing.Schema ?? throw new ExperimentException("MissingSchema", ErrorKind.InvalidArgument,
            $"The model was not trained on a table, so it does not know the columns of a row; give it a data set or lists of {width} numbers.", model);
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
        var flat = new List<float>(width);
        Collect(numbers, flat, row);
        return flat.Count == width ? [.. flat] : throw new ExperimentException("DataShapeMismatch", ErrorKind.InvalidOperation,
            $"Row {row + 1} has {flat.Count} numbers, but the network takes {string.Join(" and ", model.Network.Inputs.Select(i => i.Shape))} ({width} numbers).", numbers);
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

    private static float?[] ReadActual(Dataset data, ModelOutput output, OutputReader reader, int[] rows)
    {
        float?[] actual = new float?[rows.Length];
        DataColumn? column = output.Target is null ? data.Targets.FirstOrDefault() : TargetColumns.Find(data, output.Target);
        if (column is null || column.ItemShape.ElementCount != 1 || output is { Target: null, Loss: null, ClassNames: null } && column is ClassColumn) return actual;
        float[] values = new float[rows.Length];
        column.Read([.. rows.Select(r => data.Rows[r])], values);
        for (int i = 0; i < values.Length; i++) actual[i] = reader.Match(values[i], (column as ClassColumn)?.ClassNames);
        return actual;
    }

    // A piped row that still has its target column is shown with it; what does not fit is simply not there.
    private float? Actual(Func<string, object?>? cells, ModelOutput output, OutputReader reader)
    {
        if (cells is null || model.Preprocessing.Schema is not { Targets: { Length: > 0 } targets }) return null;
        TableColumn? target = output.Target is null ? targets[0] : targets.FirstOrDefault(t => t.Name.Equals(output.Target, StringComparison.OrdinalIgnoreCase));
        if (target is null || cells(target.Name) is not { } value) return null;
        string text = Convert.ToString(value, CultureInfo.InvariantCulture) ?? "";
        if (target.Categories.Length > 0) return TableEncoder.IndexOf(target, text) is >= 0 and int index ? index : null;
        return float.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out float number) ? reader.Match(number, null) : null;
    }
}
