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
    private static readonly TargetLayout NoTarget = new(new Shape(), IsIndex: false, Classes: 0, Decisions: 0);

    private readonly Preprocessing preprocessing;

    private PreparedPiece(Dataset data, Preprocessing preprocessing, NetworkDefinition network, IReadOnlyList<FeatureSource> sources, IReadOnlyList<PreparedTarget> targets)
    {
        this.preprocessing = preprocessing;
        Data = data;
        Network = network;
        Sources = sources;
        TargetSets = targets;
        Layouts = [.. targets.Select(t => t.Layout)];
    }

    /// <summary>The piece.</summary>
    public Dataset Data { get; }

    /// <summary>The network that it is for.</summary>
    public NetworkDefinition Network { get; }

    /// <summary>Where the inputs come from that the data feeds, in the order of the network.</summary>
    public IReadOnlyList<FeatureSource> Sources { get; }

    /// <summary>The targets, one for each that the objective asked for.</summary>
    public IReadOnlyList<PreparedTarget> TargetSets { get; }

    /// <summary>The forms of the targets.</summary>
    internal IReadOnlyList<TargetLayout> Layouts { get; }

    /// <summary>The form of the first targets.</summary>
    public TargetLayout Layout => TargetSets.Count > 0 ? TargetSets[0].Layout : NoTarget;

    /// <summary>A text that is the same for pieces that are read in the same way.</summary>
    internal string PreprocessingKey => preprocessing.Transforms.IsEmpty ? "" : preprocessing.ToJson().ToJsonString();

    /// <summary>How many rows.</summary>
    public int Count => Data.Count;

    /// <summary>The first targets, row-major, <see cref="TargetLayout.Width"/> values a row; class indices as whole numbers.</summary>
    public float[] Targets => TargetSets.Count > 0 ? TargetSets[0].Values : [];

    /// <summary>One weight a row, 0 or more, or null for equal weights.</summary>
    public float[]? RowWeights { get; private init; }

    /// <summary>Prepares a piece for a network with one output and a loss.</summary>
    /// <param name="data">The piece.</param>
    /// <param name="preprocessing">Fitted on the training piece.</param>
    /// <param name="network">The network.</param>
    /// <param name="loss">The loss.</param>
    /// <param name="classNames">The classes of the training data, to which this piece's are matched by name; null to leave them as they are.</param>
    /// <param name="rowWeights">One weight a row, or null for equal weights.</param>
    /// <exception cref="ExperimentException">
    /// DataShapeMismatch, LossTargetMismatch, LossOutputMismatch, UnseenClass, InvalidTarget or NonFiniteData.
    /// </exception>
    public static PreparedPiece Create(Dataset data, Preprocessing preprocessing, NetworkDefinition network, Loss loss, IReadOnlyList<string>? classNames, float[]? rowWeights = null) =>
        Create(data, preprocessing, network, [.. network.Inputs.Select(i => i.Name)], [new TargetPlan(network.Outputs[0], null, loss, network.OutputShape, classNames)], rowWeights);

    /// <summary>Prepares a piece for a network and what an objective wants of the data.</summary>
    /// <param name="data">The piece.</param>
    /// <param name="preprocessing">Fitted on the training piece.</param>
    /// <param name="network">The network.</param>
    /// <param name="inputs">The inputs of the network that the data feeds.</param>
    /// <param name="targets">The targets wanted; may be empty.</param>
    /// <param name="rowWeights">One weight a row, or null for equal weights.</param>
    /// <exception cref="ExperimentException">As above, and MissingTarget.</exception>
    public static PreparedPiece Create(Dataset data, Preprocessing preprocessing, NetworkDefinition network, IReadOnlyList<string> inputs, IReadOnlyList<TargetPlan> targets, float[]? rowWeights = null)
    {
        IReadOnlyList<FeatureSource> sources = FeatureSource.Resolve([.. network.Inputs.Where(i => inputs.Contains(i.Name))],
            [.. data.Features.Select(f => (f.Name, f.ItemShape))], data.Schema, data.Name);
        CheckInputs(data, network, sources);
        preprocessing.VerifyVocabulary(data);
        var prepared = new List<PreparedTarget>();
        Dataset first = data;
        foreach (TargetPlan plan in targets)
        {
            Dataset view = MatchClasses(plan.Select(data), plan.ClassNames);
            if (plan.Column is null) first = view;
            if (!preprocessing.TargetTransforms.IsEmpty && view.Targets.FirstOrDefault() is ColumnSlice part)
                throw new ExperimentException("ScaledTargets", ErrorKind.InvalidOperation,
                    $"The steps on targets were fitted to all number targets of '{data.Name}' together, but '{plan.Name}' is trained on '{part.Name}' alone; leave those steps out.", part.Name);
            TargetLayout layout = plan.Fit(view);
            prepared.Add(new PreparedTarget(plan.Name, layout, ReadTargets(view, plan.Scales(data, view) ? preprocessing : Preprocessing.None, plan.Loss, layout)));
        }
        Shape? picture = first.Augmentations.IsEmpty || prepared.Count == 0 ? null : PictureOf(first);
        return new PreparedPiece(first, preprocessing, network, sources, prepared)
        {
            RowWeights = rowWeights, TargetPicture = picture, TargetIsMask = picture is not null && Array.TrueForAll(prepared[0].Values, float.IsInteger),
        };
    }

    private static Shape? PictureOf(Dataset data) =>
        data.Targets is not [{ ItemShape: { Count: 2 or 3 } target }] || data.InputShape is not { Count: 3 } feature
        || target[target.Count - 2] != feature[1] || target[target.Count - 1] != feature[2] ? null
        : target.Count == 3 ? target : new Shape(1, target[0], target[1]);

    /// <summary>The feature's bytes when they can go to the network as they are, times their scale; null when it has to be read as numbers.</summary>
    /// <param name="input">The input's place.</param>
    public PixelColumn? BytesOf(int input) =>
        Sources[input] is { IsWhole: true, Feature: var feature } && (feature > 0 || preprocessing.Transforms.IsEmpty) ? Data.Features[feature] as PixelColumn : null;

    /// <summary>Reads rows of a feature as the network sees them, and checks that they are finite.</summary>
    /// <param name="input">The input's place.</param>
    /// <param name="rows">Rows of the piece.</param>
    /// <param name="destination">Room for the rows, row-major.</param>
    /// <exception cref="ExperimentException">NonFiniteData: a value is NaN or infinite; the message names the column and the row.</exception>
    public void ReadInput(int input, ReadOnlySpan<int> rows, Span<float> destination)
    {
        FeatureSource source = Sources[input];
        if (source.IsWhole) preprocessing.Read(Data, source.Feature, rows, destination);
        else preprocessing.ReadPart(Data, source, rows, destination);
        CheckFinite(source.Feature, source.Offset, source.Input.Shape.ElementCount, rows, destination);
    }

    private void CheckFinite(int feature, int offset, int width, ReadOnlySpan<int> rows, ReadOnlySpan<float> values)
    {
        if (FiniteNumbers.Are(values)) return;
        for (int i = 0; i < values.Length; i++)
            if (!float.IsFinite(values[i])) throw NonFinite(Data, NameOf(Data, feature, offset + i % width), rows[i / width], values[i]);
    }

    /// <summary>Reads the bytes of rows of a feature that <see cref="BytesOf"/> gave.</summary>
    /// <param name="column">The feature.</param>
    /// <param name="rows">Rows of the piece.</param>
    /// <param name="destination">Room for the rows, row-major.</param>
    public void ReadBytes(PixelColumn column, ReadOnlySpan<int> rows, Span<byte> destination)
    {
        int[] mapped = new int[rows.Length];
        for (int i = 0; i < rows.Length; i++) mapped[i] = Data.Rows[rows[i]];
        column.ReadBytes(mapped, destination);
    }

    /// <summary>Whether an input is decoded from files when it is read, and so is better read ahead.</summary>
    public bool IsLazy => Data.Features.Any(f => f.IsLazy);

    /// <summary>Whether the rows are augmented when they are trained on.</summary>
    public bool IsAugmented => !Data.Augmentations.IsEmpty;

    /// <summary>How many numbers a target of an augmented batch has: one for each class where classes are mixed, else <see cref="TargetLayout.Width"/>.</summary>
    public int BatchTargetWidth => TargetSets.Count == 0 ? 0 : Layout.IsIndex && MixesTargets ? Layout.Classes : Layout.Width;

    /// <summary>Whether an augmentation mixes targets; class indices then become one number for each class.</summary>
    public bool MixesTargets => Data.Augmentations.Any(a => TargetPicture is null ? a.MixesTargets : a.MixesPictures);

    /// <summary>The shape of a target that is a picture as high and wide as the first feature, [channels, height, width]; null for other targets.</summary>
    public Shape? TargetPicture { get; private init; }

    /// <summary>Whether such a target is a mask: all its numbers are whole.</summary>
    private bool TargetIsMask { get; init; }

    /// <summary>Makes rows ready for one step of training: augmented, then as the network sees them.</summary>
    /// <param name="rows">Rows of the piece.</param>
    /// <param name="values">The rows of the first feature as they are stored, row-major; changed in place.</param>
    /// <param name="seed">The run's seed.</param>
    /// <param name="step">The step over all epochs, from 0.</param>
    /// <returns>The first targets (<see cref="BatchTargetWidth"/>), row-major.</returns>
    /// <exception cref="ExperimentException">MixedPositions: targets that are several classes each, or targets of several outputs, cannot be mixed. NonFiniteData: a value is NaN or infinite.</exception>
    public float[] Augment(ReadOnlySpan<int> rows, float[] values, long seed, long step)
    {
        Shape shape = Data.Features[0].ItemShape;
        float[] targets = new float[rows.Length * BatchTargetWidth];
        if (MixesTargets && (TargetSets.Count != 1 || Layout.IsIndex && Layout.Width != 1))
            throw new ExperimentException("MixedPositions", ErrorKind.InvalidOperation, "MixUp and CutMix can mix one class a row towards one output, not several; leave them out.", Data.Name);
        for (int i = 0; i < rows.Length && TargetSets.Count > 0; i++)
        {
            if (Layout.IsIndex && MixesTargets) targets[i * BatchTargetWidth + (int)Targets[rows[i]]] = 1;
            else Targets.AsSpan(rows[i] * Layout.Width, Layout.Width).CopyTo(targets.AsSpan(i * Layout.Width));
        }
        for (int place = 0; place < Data.Augmentations.Length; place++)
            Data.Augmentations[place].Apply(new AugmentationBatch(values, shape, rows.Length, targets, BatchTargetWidth, seed, step, place) { TargetPicture = TargetPicture, TargetIsMask = TargetIsMask });
        foreach (Transform transform in preprocessing.Transforms) transform.Apply(values, shape);
        CheckFinite(0, 0, shape.ElementCount, rows, values);
        return targets;
    }

    private static void CheckInputs(Dataset data, NetworkDefinition network, IReadOnlyList<FeatureSource> sources)
    {
        foreach (FeatureSource source in sources.Where(s => s.IsWhole))
        {
            DataColumn feature = data.Features[source.Feature];
            Shape wanted = source.Input.Shape, given = feature.ItemShape;
            if (feature is SequenceColumn { Vocabulary.Count: var symbols } && EmbeddingsOf(network, source.Input.Name) is { } known && known < symbols)
                throw new ExperimentException("VocabularyTooLarge", ErrorKind.InvalidOperation,
                    $"'{feature.Name}' in the data set '{data.Name}' has {symbols} symbols, but the network's Embedding knows {known}; make it with NumEmbeddings {symbols}.", data.Name);
            if (!Fits(given, wanted))
                throw new ExperimentException("DataShapeMismatch", ErrorKind.InvalidOperation,
                    $"The network's input '{source.Input.Name}' has the shape {wanted}, but a row of '{feature.Name}' in the data set "
                    + $"'{data.Name}' has {given}; make the network with -InputShape {string.Join(',', given.Sizes)}.", data.Name);
        }
    }

    private static int? EmbeddingsOf(NetworkDefinition network, string input) =>
        network.Layers.Where(l => l.From.Contains(input)).Select(l => l.Layer).OfType<EmbeddingLayer>().Select(e => (int?)e.NumEmbeddings).Min();

    // A row may be flattened, and sizes of 1 may come and go; nothing else is the same numbers in the same order by intent.
    private static bool Fits(Shape given, Shape wanted) =>
        given.ElementCount == wanted.ElementCount
        && (wanted.Count <= 1 || given.Sizes.Where(s => s > 1).SequenceEqual(wanted.Sizes.Where(s => s > 1)));

    private static float[] ReadTargets(Dataset data, Preprocessing preprocessing, Loss? loss, TargetLayout layout)
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
                if (loss?.Encode(ref value, layout) is { } expected)
                    throw new ExperimentException("InvalidTarget", ErrorKind.InvalidData, FormattableString.Invariant(
                        $"The target '{column.Name}' is {values[i]} in row {data.Rows[row] + 1} of '{data.Name}', but {loss!.Type} wants {expected}."), column.Name);
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
