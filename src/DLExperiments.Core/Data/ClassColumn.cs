using DLExperiments.Data.Tables;
using DLExperiments.Networks;

namespace DLExperiments.Data;

/// <summary>A column of classes: an index for every row, and the names of the classes.</summary>
public sealed class ClassColumn : DataColumn
{
    private readonly int[] codes;

    /// <summary>Makes a column over an array.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="codes">The class of every row, from 0; not copied.</param>
    /// <param name="classNames">The names of the classes, in the order of their indices.</param>
    public ClassColumn(string name, int[] codes, IReadOnlyList<string> classNames)
        : base(name, new Shape())
    {
        if (Array.Exists(codes, c => (uint)c >= (uint)classNames.Count))
            throw new ArgumentException($"A class index lies outside 0..{classNames.Count - 1}.", nameof(codes));
        this.codes = codes;
        ClassNames = classNames;
    }

    /// <summary>Makes a column of the class that each row names; the classes are in <see cref="NaturalOrder"/>.</summary>
    /// <param name="name">The column's name.</param>
    /// <param name="classes">The class of every row.</param>
    public static ClassColumn Of(string name, IEnumerable<string> classes)
    {
        string[] rows = [.. classes], names = [.. rows.Distinct().Order(NaturalOrder.Instance)];
        Dictionary<string, int> codes = names.Select((text, i) => (text, i)).ToDictionary(p => p.text, p => p.i, StringComparer.Ordinal);
        return new ClassColumn(name, Array.ConvertAll(rows, r => codes[r]), names);
    }

    /// <summary>The names of the classes, in the order of their indices.</summary>
    public IReadOnlyList<string> ClassNames { get; }

    /// <inheritdoc/>
    public override int Count => codes.Length;

    /// <inheritdoc/>
    public override string ElementType => "class";

    /// <summary>The class of every row.</summary>
    public ReadOnlySpan<int> Codes => codes;

    /// <inheritdoc/>
    public override void Read(ReadOnlySpan<int> rows, Span<float> destination)
    {
        for (int i = 0; i < rows.Length; i++) destination[i] = codes[rows[i]];
    }
}
