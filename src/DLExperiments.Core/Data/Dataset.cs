using System.Collections.Immutable;
using DLExperiments.Data.Augmentations;
using DLExperiments.Data.Tables;
using DLExperiments.Data.Transforms;
using DLExperiments.Errors;
using DLExperiments.Networks;

namespace DLExperiments.Data;

/// <summary>
/// Rows of named features and targets, and optionally the pieces it was split into. A piece is a data set too: it shares the
/// columns and holds which rows are its own, so splitting copies nothing.
/// </summary>
public sealed class Dataset
{
    private string? fingerprint;
    private IReadOnlyList<ClassCount>? classCounts;
    private (double Mean, double Deviation)? moments;

    private Dataset(string name, IReadOnlyList<DataColumn> features, IReadOnlyList<DataColumn> targets, int[] rows,
        TableSchema? schema, ImmutableArray<Transform> transforms, ImmutableArray<Augmentation> augmentations, DataColumn? sampleWeight)
    {
        Name = name;
        SampleWeight = sampleWeight;
        // Arrays, because PowerShell cannot index the lists that the compiler makes of collection expressions.
        Features = features as DataColumn[] ?? features.ToArray();
        Targets = targets as DataColumn[] ?? targets.ToArray();
        Rows = rows;
        Schema = schema;
        Transforms = transforms;
        Augmentations = augmentations;
    }

    /// <summary>Its name, for reports: the file, or what was generated.</summary>
    public string Name { get; }

    /// <summary>How many rows.</summary>
    public int Count => Rows.Length;

    /// <summary>The features, at least one.</summary>
    public IReadOnlyList<DataColumn> Features { get; }

    /// <summary>The targets; none for data to predict on.</summary>
    public IReadOnlyList<DataColumn> Targets { get; }

    /// <summary>How much each row counts in training, one number of 0 or more a row; null when all rows count alike.</summary>
    public DataColumn? SampleWeight { get; }

    /// <summary>How table rows become numbers, or null when the data is not a table.</summary>
    public TableSchema? Schema { get; }

    /// <summary>Steps that are fitted on the training part when training starts.</summary>
    public ImmutableArray<Transform> Transforms { get; }

    /// <summary>What changes the training rows anew in every step of training; what is validated, measured or predicted is left as it is.</summary>
    public ImmutableArray<Augmentation> Augmentations { get; }

    /// <summary>The classes of the first target, or null when it is a number.</summary>
    public IReadOnlyList<string>? ClassNames => (Targets.FirstOrDefault() as ClassColumn)?.ClassNames;

    /// <summary>How many rows each class of the first target has, in the order of the classes; null when it is a number or there is none.</summary>
    public IReadOnlyList<ClassCount>? ClassCounts => classCounts ??= CountClasses();

    /// <summary>The mean of all values of the first feature, as they are stored and before fitted steps; missing ones do not count. Computed at first use.</summary>
    public double Mean => (moments ??= DatasetMoments.Of(Features[0], Rows)).Mean;

    /// <summary>The standard deviation that goes with <see cref="Mean"/> (of the values as a whole population).</summary>
    public double StandardDeviation => (moments ??= DatasetMoments.Of(Features[0], Rows)).Deviation;

    /// <summary>The shape of one row of the first feature, as <c>New-Network</c> wants it.</summary>
    public Shape InputShape => Features[0].ItemShape;

    /// <summary>
    /// A hash of the content (SHA-256, hexadecimal): names, shapes, types, classes, schema and the rows in order. Equal for equal data however
    /// it was made; the set's name, pieces and unfitted steps do not enter. Computed at first use.
    /// </summary>
    public string Fingerprint => fingerprint ??= DatasetFingerprint.Compute(this);

    /// <summary>The piece to train on; null before a split.</summary>
    public Dataset? Train { get; private init; }

    /// <summary>The piece to validate on while training; after a split into two it is the second piece.</summary>
    public Dataset? Validation { get; private init; }

    /// <summary>The piece to measure on at the end; after a split into two it is the second piece.</summary>
    public Dataset? Test { get; private init; }

    /// <summary>This set's rows in the columns.</summary>
    internal int[] Rows { get; }

    /// <summary>Makes a data set of all rows of its columns.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="features">The features, at least one.</param>
    /// <param name="targets">The targets; may be empty.</param>
    /// <param name="schema">How table rows become numbers, or null.</param>
    /// <param name="transforms">Steps to fit on the training part.</param>
    /// <exception cref="ExperimentException">EmptyDataset: no rows; ColumnLengthMismatch: columns of different lengths.</exception>
    public static Dataset Create(string name, IReadOnlyList<DataColumn> features, IReadOnlyList<DataColumn> targets,
        TableSchema? schema = null, IEnumerable<Transform>? transforms = null)
    {
        int count = features[0].Count;
        if (features.Concat(targets).FirstOrDefault(c => c.Count != count) is { } odd)
            throw new ExperimentException("ColumnLengthMismatch", ErrorKind.InvalidData,
                $"'{odd.Name}' has {odd.Count} rows, '{features[0].Name}' has {count}: all columns of a data set need the same number.", odd.Name);
        if (count == 0)
            throw new ExperimentException("EmptyDataset", ErrorKind.InvalidData, $"The data set '{name}' has no rows.", name);
        return new Dataset(name, features, targets, [.. Enumerable.Range(0, count)], schema, [.. transforms ?? []], [], null);
    }

    /// <summary>A data set of some of the rows, without the pieces.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="rows">Rows of this set, from 0 to its count - 1, in the order wanted.</param>
    public Dataset Select(string name, IEnumerable<int> rows) =>
        new(name, Features, Targets, [.. rows.Select(r => Rows[r])], Schema, Transforms, Augmentations, SampleWeight);

    /// <summary>A data set of this set's rows and then those of another piece of the same data, without the pieces.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="other">The other piece.</param>
    /// <exception cref="ExperimentException">ColumnLengthMismatch: it is a piece of other data.</exception>
    public Dataset Join(string name, Dataset other) => Features.SequenceEqual(other.Features) && Targets.SequenceEqual(other.Targets)
        ? new(name, Features, Targets, [.. Rows, .. other.Rows], Schema, Transforms, Augmentations, SampleWeight)
        : throw new ExperimentException("ColumnLengthMismatch", ErrorKind.InvalidArgument, $"'{Name}' and '{other.Name}' are not pieces of the same data.", other.Name);

    /// <summary>This set with its pieces.</summary>
    /// <param name="train">The piece to train on.</param>
    /// <param name="validation">The piece to validate on.</param>
    /// <param name="test">The piece to measure on at the end.</param>
    public Dataset WithPieces(Dataset train, Dataset? validation, Dataset? test) =>
        new(Name, Features, Targets, Rows, Schema, Transforms, Augmentations, SampleWeight) { Train = train, Validation = validation, Test = test };

    /// <summary>This set with one more step to fit on the training part; its pieces get it too.</summary>
    /// <param name="transform">The step.</param>
    public Dataset WithTransform(Transform transform) =>
        Changed(d => new Dataset(d.Name, d.Features, d.Targets, d.Rows, d.Schema, d.Transforms.Add(transform), d.Augmentations, d.SampleWeight));

    /// <summary>This set with one more augmentation of training rows; its pieces get it too.</summary>
    /// <param name="augmentation">The augmentation.</param>
    public Dataset WithAugmentation(Augmentation augmentation) =>
        Changed(d => new Dataset(d.Name, d.Features, d.Targets, d.Rows, d.Schema, d.Transforms, d.Augmentations.Add(augmentation), d.SampleWeight));

    /// <summary>This set and its pieces with other columns of the same rows.</summary>
    internal Dataset WithColumns(IReadOnlyList<DataColumn> features, IReadOnlyList<DataColumn> targets, TableSchema? schema) =>
        Changed(d => new Dataset(d.Name, features, targets, d.Rows, schema, d.Transforms, d.Augmentations, d.SampleWeight));

    /// <summary>This set and its pieces with another first feature, which is then no table.</summary>
    internal Dataset WithFeature(DataColumn column) => WithColumns([column, .. Features.Skip(1)], Targets, null);

    /// <summary>This set and its pieces with another first target, which is then not the table's.</summary>
    internal Dataset WithFirstTarget(DataColumn column) => WithColumns(Features, [column, .. Targets.Skip(1)],
        Schema is null ? null : new TableSchema(Schema.Features, [], Schema.MissingValues, Schema.FillsMissing));

    private Dataset Changed(Func<Dataset, Dataset> change)
    {
        // One piece may serve as two; it stays one.
        Dataset? validation = Validation?.Changed(change), test = Test == Validation ? validation : Test?.Changed(change);
        Dataset changed = change(this);
        return Train is null ? changed : changed.WithPieces(Train.Changed(change), validation, test);
    }

    /// <summary>These rows with another column in the place of a target, without the pieces.</summary>
    /// <param name="target">Which target.</param>
    /// <param name="column">The column, as long as the others.</param>
    internal Dataset WithTarget(int target, DataColumn column) =>
        new(Name, Features, [.. Targets.Select((t, i) => i == target ? column : t)], Rows, Schema, Transforms, Augmentations, SampleWeight);

    /// <summary>These rows with other targets, without the pieces.</summary>
    /// <param name="targets">The targets, as long as the features.</param>
    internal Dataset WithTargets(IReadOnlyList<DataColumn> targets) => new(Name, Features, targets, Rows, Schema, Transforms, Augmentations, SampleWeight);

    /// <summary>This set and its pieces with a weight for each row, for training: the losses of rows are weighted means.</summary>
    /// <param name="column">One number a row, as long as the other columns; null for none.</param>
    /// <exception cref="ExperimentException">ColumnLengthMismatch; InvalidSampleWeight: several numbers a row, a negative or missing one, or none above 0.</exception>
    public Dataset WithSampleWeight(DataColumn? column)
    {
        if (column is not null) CheckWeights(column);
        return Changed(d => new Dataset(d.Name, d.Features, d.Targets, d.Rows, d.Schema, d.Transforms, d.Augmentations, column));
    }

    /// <summary>This set under another name; its pieces keep theirs.</summary>
    /// <param name="name">The name.</param>
    public Dataset Rename(string name) =>
        new(name, Features, Targets, Rows, Schema, Transforms, Augmentations, SampleWeight) { Train = Train, Validation = Validation, Test = Test };

    /// <summary>What the set holds, in a few lines for people: rows, shapes, types, class balance, pieces.</summary>
    public string Describe() => DatasetDescription.Of(this);

    /// <summary>The name and the number of rows.</summary>
    public override string ToString() => $"{Name} ({Count} rows)";

    /// <summary>Reads rows of a feature as they are stored, without transforms.</summary>
    /// <param name="feature">Which feature.</param>
    /// <param name="rows">Rows of this set.</param>
    /// <param name="destination">Room for the rows, row-major.</param>
    public void ReadFeature(int feature, ReadOnlySpan<int> rows, Span<float> destination) => Read(Features[feature], rows, destination);

    /// <summary>Reads rows of a target; a class gives its index.</summary>
    /// <param name="target">Which target.</param>
    /// <param name="rows">Rows of this set.</param>
    /// <param name="destination">Room for the rows, row-major.</param>
    public void ReadTarget(int target, ReadOnlySpan<int> rows, Span<float> destination) => Read(Targets[target], rows, destination);

    private void CheckWeights(DataColumn column)
    {
        if (column.Count != Features[0].Count)
            throw new ExperimentException("ColumnLengthMismatch", ErrorKind.InvalidData, $"'{column.Name}' has {column.Count} rows, '{Features[0].Name}' has {Features[0].Count}.", column.Name);
        if (column.ItemShape.ElementCount != 1 || column is ClassColumn)
            throw BadWeight($"the sample weights '{column.Name}' must be one number a row, not {(column is ClassColumn ? "classes" : column.ItemShape.ToString())}.", column);
        float[] weights = new float[Count];
        column.Read(Rows, weights);
        int odd = Array.FindIndex(weights, w => !(w >= 0) || !float.IsFinite(w));
        if (odd >= 0) throw BadWeight(FormattableString.Invariant($"the sample weight '{column.Name}' of row {Rows[odd] + 1} is {weights[odd]}; give numbers of 0 or more."), column);
        if (Array.TrueForAll(weights, w => w == 0)) throw BadWeight($"all sample weights '{column.Name}' are 0, so that no row counts.", column);
    }

    private ExperimentException BadWeight(string what, DataColumn column) => new("InvalidSampleWeight", ErrorKind.InvalidData, $"'{Name}': {what}", column.Name);

    private IReadOnlyList<ClassCount>? CountClasses()
    {
        if (Targets.FirstOrDefault() is not ClassColumn column) return null;
        int[] counts = new int[column.ClassNames.Count];
        foreach (int row in Rows) counts[column.Codes[row]]++;
        return counts.Select((count, i) => new ClassCount(column.ClassNames[i], count, (double)count / Count)).ToArray();
    }

    private void Read(DataColumn column, ReadOnlySpan<int> rows, Span<float> destination)
    {
        int[] mapped = new int[rows.Length];
        for (int i = 0; i < rows.Length; i++) mapped[i] = Rows[rows[i]];
        column.Read(mapped, destination);
    }
}
