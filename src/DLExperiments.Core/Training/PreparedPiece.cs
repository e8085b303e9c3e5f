using DLExperiments.Data;
using DLExperiments.Data.Augmentations;
using DLExperiments.Data.Transforms;
using DLExperiments.Errors;
using DLExperiments.Networks;
using DLExperiments.Networks.Layers;
using DLExperiments.Losses;

namespace DLExperiments.Training;

/// <summary>
/// A piece of a data set as an engine takes it: features as the network sees them, targets in the form that the loss wants, everything
/// checked. Needs no native library.
/// </summary>
public sealed class PreparedPiece
{
    private readonly Preprocessing preprocessing;

    private PreparedPiece(Dataset data, Preprocessing preprocessing, NetworkDefinition network, TargetLayout layout, float[] targets)
    {
        this.preprocessing = preprocessing;
        Data = data;
        Network = network;
        Layout = layout;
        Targets = targets;
    }

    /// <summary>The piece.</summary>
    public Dataset Data { get; }

    /// <summary>The network that it is for.</summary>
    public NetworkDefinition Network { get; }

    /// <summary>The form of the targets.</summary>
    public TargetLayout Layout { get; }

    /// <summary>A text that is the same for pieces that are read in the same way.</summary>
    internal string PreprocessingKey => preprocessing.Transforms.IsEmpty ? "" : preprocessing.ToJson().ToJsonString();

    /// <summary>How many rows.</summary>
    public int Count => Data.Count;

    /// <summary>All targets, row-major, <see cref="TargetLayout.Width"/> values a row; class indices as whole numbers.</summary>
    public float[] Targets { get; }

    /// <summary>One weight a row, 0 or more, or null for equal weights.</summary>
    public float[]? RowWeights { get; private init; }

    /// <summary>Prepares a piece for a network and a loss.</summary>
    /// <param name="data">The piece.</param>
    /// <param name="preprocessing">Fitted on the training piece.</param>
    /// <param name="network">The network.</param>
    /// <param name="loss">The loss.</param>
    /// <param name="classNames">The classes of the training data, to which this piece's are matched by name; null to leave them as they are.</param>
    /// <param name="rowWeights">One weight a row, or null for equal weights.</param>
    /// <exception cref="ExperimentException">
    /// DataShapeMismatch, LossTargetMismatch, LossOutputMismatch, UnseenClass, InvalidTarget or NonFiniteData.
    /// </exception>
    public static PreparedPiece Create(Dataset data, Preprocessing preprocessing, NetworkDefinition network, Loss loss, IReadOnlyList<string>? classNames, float[]? rowWeights = null)
    {
        CheckInputs(data, network);
        preprocessing.VerifyVocabulary(data);
        data = MatchClasses(data, classNames);
        TargetLayout layout = loss.Fit(network.OutputShape, data);
        return new PreparedPiece(data, preprocessing, network, layout, ReadTargets(data, preprocessing, loss, layout)) { RowWeights = rowWeights };
    }

    /// <summary>The feature's bytes when they can go to the network as they are, times their scale; null when it has to be read as numbers.</summary>
    /// <param name="input">The input's place.</param>
    public ByteColumn? BytesOf(int input) => input > 0 || preprocessing.Transforms.IsEmpty ? Data.Features[input] as ByteColumn : null;

    /// <summary>Reads rows of a feature as the network sees them, and checks that they are finite.</summary>
    /// <param name="input">The input's place.</param>
    /// <param name="rows">Rows of the piece.</param>
    /// <param name="destination">Room for the rows, row-major.</param>
    /// <exception cref="ExperimentException">NonFiniteData: a value is NaN or infinite; the message names the column and the row.</exception>
    public void ReadInput(int input, ReadOnlySpan<int> rows, Span<float> destination)
    {
        preprocessing.Read(Data, input, rows, destination);
        for (int i = 0; i < destination.Length; i++)
        {
            if (float.IsFinite(destination[i])) continue;
            int width = Data.Features[input].ItemShape.ElementCount;
            throw NonFinite(Data, NameOf(Data, input, i % width), rows[i / width], destination[i]);
        }
    }

    /// <summary>Reads the bytes of rows of a feature that <see cref="BytesOf"/> gave.</summary>
    /// <param name="column">The feature.</param>
    /// <param name="rows">Rows of the piece.</param>
    /// <param name="destination">Room for the rows, row-major.</param>
    public void ReadBytes(ByteColumn column, ReadOnlySpan<int> rows, Span<byte> destination)
    {
        int size = column.ItemShape.ElementCount;
        for (int i = 0; i < rows.Length; i++) column.Values.Slice(Data.Rows[rows[i]] * size, size).CopyTo(destination[(i * size)..]);
    }

    /// <summary>Whether the rows are augmented when they are trained on.</summary>
    public bool IsAugmented => !Data.Augmentations.IsEmpty;

    /// <summary>How many numbers a target of an augmented batch has: one for each class where classes are mixed, else <see cref="TargetLayout.Width"/>.</summary>
    public int BatchTargetWidth => Layout.IsIndex && MixesTargets ? Layout.Classes : Layout.Width;

    /// <summary>Whether an augmentation mixes targets; class indices then become one number for each class.</summary>
    public bool MixesTargets => Data.Augmentations.Any(a => a.MixesTargets);

    /// <summary>Reads rows for one step of training: augmented, then as the network sees them.</summary>
    /// <param name="rows">Rows of the piece.</param>
    /// <param name="seed">The run's seed.</param>
    /// <param name="step">The step over all epochs, from 0.</param>
    /// <returns>The first input and the targets (<see cref="BatchTargetWidth"/>), row-major.</returns>
    /// <exception cref="ExperimentException">MixedPositions: targets that are several classes each cannot be mixed.</exception>
    public (float[] Input, float[] Targets) ReadAugmented(ReadOnlySpan<int> rows, long seed, long step)
    {
        Shape shape = Data.Features[0].ItemShape;
        float[] values = new float[rows.Length * shape.ElementCount], targets = new float[rows.Length * BatchTargetWidth];
        Data.ReadFeature(0, rows, values);
        if (MixesTargets && Layout.IsIndex && Layout.Width != 1)
            throw new ExperimentException("MixedPositions", ErrorKind.InvalidOperation, "MixUp and CutMix can mix one class a row, not several; leave them out.", Data.Name);
        for (int i = 0; i < rows.Length; i++)
        {
            if (Layout.IsIndex && MixesTargets) targets[i * BatchTargetWidth + (int)Targets[rows[i]]] = 1;
            else Targets.AsSpan(rows[i] * Layout.Width, Layout.Width).CopyTo(targets.AsSpan(i * Layout.Width));
        }
        for (int place = 0; place < Data.Augmentations.Length; place++)
            Data.Augmentations[place].Apply(new AugmentationBatch(values, shape, rows.Length, targets, BatchTargetWidth, seed, step, place));
        foreach (Transform transform in preprocessing.Transforms) transform.Apply(values, shape);
        return (values, targets);
    }

    private static void CheckInputs(Dataset data, NetworkDefinition network)
    {
        if (data.Features.Count != network.Inputs.Length)
            throw new ExperimentException("DataShapeMismatch", ErrorKind.InvalidOperation,
                $"The network has {network.Inputs.Length} input(s), the data set '{data.Name}' {data.Features.Count} feature(s): "
                + $"{string.Join(", ", data.Features.Select(f => $"'{f.Name}'"))}.", data.Name);
        for (int i = 0; i < network.Inputs.Length; i++)
        {
            Shape wanted = network.Inputs[i].Shape, given = data.Features[i].ItemShape;
            if (data.Features[i] is SequenceColumn { Vocabulary.Count: var symbols } && EmbeddingsOf(network, network.Inputs[i].Name) is { } known && known < symbols)
                throw new ExperimentException("VocabularyTooLarge", ErrorKind.InvalidOperation,
                    $"'{data.Features[i].Name}' in the data set '{data.Name}' has {symbols} symbols, but the network's Embedding knows {known}; make it with NumEmbeddings {symbols}.", data.Name);
            if (!Fits(given, wanted))
                throw new ExperimentException("DataShapeMismatch", ErrorKind.InvalidOperation,
                    $"The network's input '{network.Inputs[i].Name}' has the shape {wanted}, but a row of '{data.Features[i].Name}' in the data set "
                    + $"'{data.Name}' has {given}; make the network with -InputShape {string.Join(',', given.Sizes)}.", data.Name);
        }
    }

    private static int? EmbeddingsOf(NetworkDefinition network, string input) =>
        network.Layers.Where(l => l.From.Contains(input)).Select(l => l.Layer).OfType<EmbeddingLayer>().Select(e => (int?)e.NumEmbeddings).Min();

    // A row may be flattened, and sizes of 1 may come and go; nothing else is the same numbers in the same order by intent.
    private static bool Fits(Shape given, Shape wanted) =>
        given.ElementCount == wanted.ElementCount
        && (wanted.Count <= 1 || given.Sizes.Where(s => s > 1).SequenceEqual(wanted.Sizes.Where(s => s > 1)));

    private static float[] ReadTargets(Dataset data, Preprocessing preprocessing, Loss loss, TargetLayout layout)
    {
        float[] all = new float[data.Count * layout.Width];
        int[] rows = [.. Enumerable.Range(0, data.Count)];
        int offset = 0;
        for (int t = 0; t < data.Targets.Count; t++)
        {
            DataColumn column = data.Targets[t];
            int width = column.ItemShape.ElementCount;
            float[] values = new float[data.Count * width];
            data.ReadTarget(t, rows, values);
            if (t == 0) preprocessing.ApplyToTarget(values, column.ItemShape);
            for (int i = 0; i < values.Length; i++)
            {
                int row = i / width;
                float value = values[i];
                if (!float.IsFinite(value)) throw NonFinite(data, column.Name, row, value);
                if (loss.Encode(ref value, layout) is { } expected)
                    throw new ExperimentException("InvalidTarget", ErrorKind.InvalidData, FormattableString.Invariant(
                        $"The target '{column.Name}' is {values[i]} in row {data.Rows[row] + 1} of '{data.Name}', but {loss.Type} wants {expected}."), column.Name);
                all[row * layout.Width + offset + i % width] = value;
            }
            offset += width;
        }
        return all;
    }

    // The piece may know fewer classes, or know them in another order: names decide.
    private static Dataset MatchClasses(Dataset data, IReadOnlyList<string>? trained)
    {
        if (trained is null || data.Targets.FirstOrDefault() is not ClassColumn own || own.ClassNames.SequenceEqual(trained)) return data;
        int[] map = [.. own.ClassNames.Select(name => trained.ToList().IndexOf(name))], codes = own.Codes.ToArray();
        foreach (int row in data.Rows)
            if (map[codes[row]] < 0) throw UnseenClasses.UnknownToModel(own.ClassNames[codes[row]], data, own.Name);
        // Rows of other pieces are never read; an unknown class there must only not break the column.
        return data.WithTarget(0, new ClassColumn(own.Name, Array.ConvertAll(codes, c => Math.Max(0, map[c])), trained));
    }

    private static string NameOf(Dataset data, int feature, int place)
    {
        if (feature == 0 && data.Schema is { } schema && schema.FeatureWidth == data.Features[0].ItemShape.ElementCount)
        {
            foreach (var column in schema.Features)
            {
                if (place < column.Width) return column.Name;
                place -= column.Width;
            }
        }
        return data.Features[feature].Name;
    }

    private static ExperimentException NonFinite(Dataset data, string column, int row, float value) =>
        new("NonFiniteData", ErrorKind.InvalidData,
            $"'{column}' is {(float.IsNaN(value) ? "NaN (missing)" : "infinite")} in row {data.Rows[row] + 1} of '{data.Name}'; "
            + "training needs finite numbers: drop the row or impute the value.", column);
}
