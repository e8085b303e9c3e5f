using System.Collections.Immutable;
using DLExperiments.Data.Transforms;
using DLExperiments.Errors;
using DLExperiments.Networks;

namespace DLExperiments.Data.Tables;

/// <summary>
/// Builds a data set from the rows of a table, from a file or from a pipeline alike: chooses the columns, finds out which hold numbers
/// and which categories, and says exactly which cell is wrong.
/// </summary>
public sealed class TableBuilder
{
    internal const int OneHotLimit = 1000, LabelLimit = 65536;

    private readonly string name;
    private readonly TableOptions options;
    private readonly string place;
    private readonly HashSet<string> missing;
    private readonly List<int> features, targets;
    private readonly ColumnStore?[] stores;
    private readonly Cell[] cells;
    private readonly TableColumn?[] known;
    private readonly int weight = -1;

    /// <summary>Chooses the columns.</summary>
    /// <param name="name">The data set's name.</param>
    /// <param name="columns">The names of all columns of the table, distinct.</param>
    /// <param name="options">How columns become features and targets.</param>
    /// <param name="place">What a row is called in messages: <c>Row</c>, <c>data.csv, line</c>; its number follows.</param>
    /// <exception cref="ExperimentException">UnknownColumn, DuplicateColumn, NoFeature, ColumnConflict.</exception>
    public TableBuilder(string name, IReadOnlyList<string> columns, TableOptions options, string place = "Row")
    {
        this.name = name;
        this.options = options;
        this.place = place;
        missing = new HashSet<string>(options.MissingValue.Select(m => m.Trim()), StringComparer.OrdinalIgnoreCase);
        if (columns.GroupBy(c => c, StringComparer.OrdinalIgnoreCase).FirstOrDefault(g => g.Count() > 1) is { } twice)
            throw new ExperimentException("DuplicateColumn", ErrorKind.InvalidData,
                $"The column name '{twice.Key}' occurs {twice.Count()} times; give the columns distinct names.", twice.Key);

        stores = new ColumnStore?[columns.Count];
        cells = new Cell[columns.Count];
        known = new TableColumn?[columns.Count];
        if (options.SampleWeight is { } weightName)
        {
            if (ColumnSelection.Find(columns, [weightName], "sample weights") is not [var only])
                throw new ExperimentException("AmbiguousColumn", ErrorKind.InvalidArgument, $"'{weightName}' fits several columns; the sample weights are one.", weightName);
            weight = only;
        }
        (features, targets) = options.Schema is null ? Choose(columns) : ChooseBySchema(columns, options.Schema);
        if (weight >= 0 && (targets.Contains(weight) || features.Contains(weight)))
            throw Conflict(columns[weight], "-SampleWeight", targets.Contains(weight) ? "-Target" : "the features of the schema");
        if (weight >= 0) stores[weight] = new ColumnStore(columns[weight], true, true, LabelLimit);
        Used = [.. features.Concat(targets).Concat(weight >= 0 ? [weight] : Array.Empty<int>()).Order()];
    }

    /// <summary>The places of the columns that are used; the cells of others need not be read.</summary>
    public IReadOnlyList<int> Used { get; }

    /// <summary>How many rows were left out because a value was missing.</summary>
    public int Dropped { get; private set; }

    /// <summary>How many rows were taken.</summary>
    public int Count => stores[features[0]]!.Count;

    /// <summary>Takes one row.</summary>
    /// <param name="row">One value for each column, in order; those not in <see cref="Used"/> are not looked at.</param>
    /// <param name="number">The row's number in messages.</param>
    /// <exception cref="ExperimentException">MissingValue, NonNumericCell, NonScalarCell, TooManyCategories.</exception>
    public void Add(IReadOnlyList<object?> row, long number)
    {
        bool drop = false;
        foreach (int c in Used)
        {
            Cell cell = cells[c] = Cell.From(row[c], missing);
            if (cell.Kind == Cell.Kinds.Other) throw TableErrors.NotSingle(Where(number), stores[c]!.Name, row[c]);
            if (cell.Kind != Cell.Kinds.Missing)
            {
                if (known[c] is { Encoding: not ColumnEncoding.Number } column && TableEncoder.IndexOf(column, cell.Text) < 0)
                    throw TableErrors.UnknownCategory(Where(number), column, cell.Text);
                continue;
            }
            if (options.Missing == MissingPolicy.Drop) drop = true;
            else if ((options.Missing == MissingPolicy.Refuse && options.Schema?.FillsMissing != true) || stores[c]!.IsTarget) throw TableErrors.Missing(Where(number), stores[c]!.Name, stores[c]!.IsTarget, c == weight);
        }
        if (drop)
        {
            Dropped++;
            return;
        }
        foreach (int c in Used) stores[c]!.Append(cells[c], number, Where);
    }

    /// <summary>Makes the data set of all rows taken.</summary>
    /// <exception cref="ExperimentException">EmptyDataset, EmptyColumn, NonNumericCell, TooManyCategories, TableTooLarge.</exception>
    public Dataset Build()
    {
        if (Count == 0)
            throw new ExperimentException("EmptyDataset", ErrorKind.InvalidData,
                Dropped == 0 ? $"'{name}' has no rows." : $"'{name}' has no rows left: each of its {Dropped} rows misses a value.", name);
        var encoded = features.Select(f => Encode(stores[f]!, known[f])).ToList();
        var featureColumns = encoded.Select(e => e.Column).ToList();
        float[] matrix = Fill(encoded);
        (List<DataColumn> targetData, List<TableColumn> targetColumns) = MakeTargets();
        var schema = new TableSchema(featureColumns, targetColumns, missing,
            options.Schema?.FillsMissing ?? options.Missing is not (MissingPolicy.Refuse or MissingPolicy.Drop));
        var column = new FloatColumn("Features", new Shape(schema.FeatureWidth), matrix);
        Dataset made = Dataset.Create(name, [column], targetData, schema, Steps(featureColumns));
        return weight < 0 ? made : made.WithSampleWeight(new FloatColumn(stores[weight]!.Name, new Shape(), stores[weight]!.Numbers.ToArray()));
    }

    private (List<int> Features, List<int> Targets) Choose(IReadOnlyList<string> columns)
    {
        List<int> excluded = ColumnSelection.Find(columns, options.Exclude, "exclusion");
        List<int> targets = ColumnSelection.Find(columns, options.Target, "target");
        List<int> features = options.Feature.Count > 0 ? ColumnSelection.Find(columns, options.Feature, "features") : [.. Enumerable.Range(0, columns.Count)];
        features.RemoveAll(f => targets.Contains(f) || excluded.Contains(f) || f == weight);
        if (targets.FirstOrDefault(excluded.Contains, -1) is >= 0 and int both) throw Conflict(columns[both], "-Target", "-Exclude");
        if (features.Count == 0)
            throw new ExperimentException("NoFeature", ErrorKind.InvalidArgument,
                $"No column is left as a feature: the table has {string.Join(", ", columns.Select(c => $"'{c}'"))}.", name);

        List<int> asNumber = ColumnSelection.Find(columns, options.Number, "numbers"), asText = ColumnSelection.Find(columns, options.Text, "texts");
        if (asNumber.FirstOrDefault(asText.Contains, -1) is >= 0 and int number) throw Conflict(columns[number], "-Number", "-Text");
        foreach (int f in features)
        {
            bool? kind = asNumber.Contains(f) ? true : asText.Contains(f) ? false : null;
            stores[f] = new ColumnStore(columns[f], false, kind, options.TextEncoding == TextEncoding.OneHot ? OneHotLimit : LabelLimit);
        }
        foreach (int t in targets)
        {
            bool? kind = asNumber.Contains(t) || options.TargetType == TargetType.Number ? true
                : asText.Contains(t) || options.TargetType == TargetType.Class ? false : null;
            stores[t] = new ColumnStore(columns[t], true, kind, LabelLimit);
        }
        return (features, targets);
    }

    private (List<int> Features, List<int> Targets) ChooseBySchema(IReadOnlyList<string> columns, TableSchema schema)
    {
        if (new[] { options.Target, options.Feature, options.Exclude, options.Number, options.Text }.Any(o => o.Count > 0)
            || options.Scale != FeatureScaling.None || options.Missing is not (MissingPolicy.Refuse or MissingPolicy.Drop))
            throw new ExperimentException("SchemaConflict", ErrorKind.InvalidArgument,
                "With a schema the columns, their types and what fills and scales them are given; only -Missing Drop, -MissingValue and -SampleWeight go with it.", name);
        missing.UnionWith(schema.MissingValues);
        List<int> features = ColumnSelection.Find(columns, [.. schema.Features.Select(f => f.Name)], "features");
        // Data to predict on has no targets.
        bool hasTargets = schema.Targets.All(t => columns.Contains(t.Name, StringComparer.OrdinalIgnoreCase));
        List<int> targets = hasTargets ? ColumnSelection.Find(columns, [.. schema.Targets.Select(t => t.Name)], "target") : [];
        foreach ((int place, TableColumn column, bool isTarget) in features.Zip(schema.Features, (f, c) => (f, c, false)).Concat(targets.Zip(schema.Targets, (t, c) => (t, c, true))))
        {
            known[place] = column;
            stores[place] = new ColumnStore(column.Name, isTarget, column.Encoding == ColumnEncoding.Number, int.MaxValue);
        }
        return (features, targets);
    }

    private string Where(long number) => $"{place} {number}";

    private (TableColumn Column, int[]? Codes, ColumnStore Store) Encode(ColumnStore store, TableColumn? column)
    {
        if (store.IsNumber(false, Where)) return (column ?? new TableColumn(store.Name, ColumnEncoding.Number, []), null, store);
        (ImmutableArray<string> categories, int[] codes) = Categorize(store, column);
        if (column is not null) return (column, codes, store);
        ColumnEncoding encoding = options.TextEncoding == TextEncoding.OneHot ? ColumnEncoding.OneHot : ColumnEncoding.Label;
        return (new TableColumn(store.Name, encoding, categories), codes, store);
    }

    private static (ImmutableArray<string> Categories, int[] Codes) Categorize(ColumnStore store, TableColumn? column)
    {
        (ImmutableArray<string> categories, int[] codes) = store.Categorize();
        if (column is null) return (categories, codes);
        int[] places = [.. categories.Select(c => TableEncoder.IndexOf(column, c))];
        return (column.Categories, Array.ConvertAll(codes, c => c < 0 ? -1 : places[c]));
    }

    private float[] Fill(List<(TableColumn Column, int[]? Codes, ColumnStore Store)> encoded)
    {
        int width = encoded.Sum(e => e.Column.Width);
        if ((long)Count * width > Array.MaxLength)
            throw new ExperimentException("TableTooLarge", ErrorKind.InvalidData,
                $"'{name}' would need {Count} rows of {width} numbers, more than {Array.MaxLength} in all. Choose fewer columns with -Feature.", name);
        float[] matrix = new float[Count * width];
        int offset = 0;
        foreach ((TableColumn column, int[]? codes, ColumnStore store) in encoded)
        {
            ReadOnlySpan<float> numbers = store.Numbers;
            for (int r = 0, at = offset; r < Count; r++, at += width)
            {
                if (codes is null) matrix[at] = numbers[r];
                else if (codes[r] < 0) matrix.AsSpan(at, column.Width).Fill(float.NaN);
                else if (column.Encoding == ColumnEncoding.OneHot) matrix[at + codes[r]] = 1;
                else matrix[at] = codes[r];
            }
            offset += column.Width;
        }
        return matrix;
    }

    /// <summary>Several numbers are one target of that many numbers; else each column is a target.</summary>
    private (List<DataColumn> Data, List<TableColumn> Columns) MakeTargets()
    {
        var data = new List<DataColumn>();
        var columns = new List<TableColumn>();
        foreach ((ColumnStore store, TableColumn? column) in targets.Select(t => (stores[t]!, known[t])))
        {
            if (store.IsNumber(options.TargetType == TargetType.Class, Where))
            {
                columns.Add(new TableColumn(store.Name, ColumnEncoding.Number, []));
                data.Add(new FloatColumn(store.Name, new Shape(), store.Numbers.ToArray()));
            }
            else
            {
                (ImmutableArray<string> categories, int[] codes) = Categorize(store, column);
                columns.Add(new TableColumn(store.Name, ColumnEncoding.Label, categories));
                data.Add(new ClassColumn(store.Name, codes, categories));
            }
        }
        if (data.Count < 2 || !data.TrueForAll(d => d is FloatColumn)) return (data, columns);
        float[] joined = new float[Count * data.Count];
        for (int t = 0; t < data.Count; t++)
        {
            ReadOnlySpan<float> values = ((FloatColumn)data[t]).Values;
            for (int r = 0; r < Count; r++) joined[r * data.Count + t] = values[r];
        }
        return ([new FloatColumn(string.Join(",", data.Select(d => d.Name)), new Shape(data.Count), joined)], columns);
    }

    private IEnumerable<Transform> Steps(List<TableColumn> columns)
    {
        var starts = new List<int>();
        for (int i = 0, at = 0; i < columns.Count; at += columns[i++].Width) starts.Add(at);
        int[] numbers = [.. starts.Where((_, i) => columns[i].Encoding == ColumnEncoding.Number)];
        int[] texts = [.. Enumerable.Range(0, columns.Count).Where(i => columns[i].Encoding != ColumnEncoding.Number)];
        int[] only = texts.Length == 0 ? [] : numbers;
        bool impute = options.Missing is not (MissingPolicy.Refuse or MissingPolicy.Drop);
        if (impute && numbers.Length > 0)
            yield return new Impute { Strategy = Enum.Parse<ImputeStrategy>(options.Missing.ToString()), Constant = options.FillValue, Only = only };
        if (impute && texts.Length > 0)
            yield return new ImputeCategory { Starts = [.. texts.Select(i => starts[i])], Widths = [.. texts.Select(i => columns[i].Width)] };
        if (numbers.Length == 0) yield break;
        if (options.Scale == FeatureScaling.Standardize) yield return new Standardize { Only = only };
        if (options.Scale == FeatureScaling.MinMax) yield return new MinMax { Only = only };
    }

    private static ExperimentException Conflict(string column, string one, string other) =>
        new("ColumnConflict", ErrorKind.InvalidArgument, $"Column '{column}' is named by {one} and by {other}.", column);
}
