using System.Collections.Immutable;
using System.ComponentModel.DataAnnotations;
using DLExperiments.Catalogues;
using DLExperiments.Data.Tables;
using DLExperiments.Networks;
using DLExperiments.Randomness;

namespace DLExperiments.Data.Synthetic;

/// <summary>
/// Makes a data set from nothing but its settings. Every row draws from a stream of its own, so the same seed gives the same rows
/// whatever their number and however many threads make them. Classes take turns, so each has its share to within one row (in texts they are what follows).
/// </summary>
[Catalogue("generator")]
public abstract class DatasetGenerator
{
    /// <summary>How many rows.</summary>
    [Position(0)]
    [Range(1, int.MaxValue)]
    public virtual int Count { get; set; } = 1000;

    /// <summary>Seed; the same seed gives the same data.</summary>
    public long Seed { get; set; }

    /// <summary>Makes the data set.</summary>
    /// <param name="cancellation">Stops the work.</param>
    public abstract Dataset Generate(CancellationToken cancellation = default);

    /// <summary>The random stream of one row.</summary>
    /// <param name="row">The row, from 0.</param>
    private protected RandomStream RowStream(int row) => new(Seed, RandomPurpose.Synthesis, index: 1, step: row);

    /// <summary>The random stream of what all rows share.</summary>
    /// <param name="seed">The seed.</param>
    private protected static RandomStream SharedStream(long seed) => new(seed, RandomPurpose.Synthesis);

    /// <summary>A table of number features X1, X2, ... (X alone when there is one) with a class as its target.</summary>
    private protected Dataset MakeClasses(string name, int width, IReadOnlyList<string> classNames, RowMaker make, CancellationToken cancellation)
    {
        int[] codes = new int[Count];
        float[] values = Fill(width, classNames.Count, codes, make, cancellation);
        var target = new ClassColumn("Class", codes, classNames);
        return Finish(name, width, values, target, new TableColumn("Class", ColumnEncoding.Label, [.. classNames]));
    }

    /// <summary>A table with the one feature X and the number Y as its target.</summary>
    private protected Dataset MakeCurve(string name, Func<RandomStream, (double X, double Y)> make, CancellationToken cancellation)
    {
        float[] targets = new float[Count], values = new float[Count];
        for (int row = 0; row < Count; row++)
        {
            if ((row & 0xFFF) == 0) cancellation.ThrowIfCancellationRequested();
            (double x, double y) = make(RowStream(row));
            values[row] = (float)x;
            targets[row] = (float)y;
        }
        return Finish(name, 1, values, new FloatColumn("Y", new Shape(), targets), new TableColumn("Y", ColumnEncoding.Number, []));
    }

    private float[] Fill(int width, int classes, int[] codes, RowMaker make, CancellationToken cancellation)
    {
        float[] values = new float[checked(Count * width)];
        double[] point = new double[width];
        for (int row = 0; row < Count; row++)
        {
            if ((row & 0xFFF) == 0) cancellation.ThrowIfCancellationRequested();
            codes[row] = row % classes;
            make(RowStream(row), codes[row], point);
            for (int j = 0; j < width; j++) values[row * width + j] = (float)point[j];
        }
        return values;
    }

    private static Dataset Finish(string name, int width, float[] values, DataColumn target, TableColumn targetColumn)
    {
        ImmutableArray<TableColumn> features = [.. Enumerable.Range(1, width).Select(i => new TableColumn(width == 1 ? "X" : $"X{i}", ColumnEncoding.Number, []))];
        return Dataset.Create(name, [new FloatColumn("Features", new Shape(width), values)], [target], new TableSchema(features, [targetColumn]));
    }

    /// <summary>Makes one row.</summary>
    private protected delegate void RowMaker(RandomStream random, int label, double[] point);
}
