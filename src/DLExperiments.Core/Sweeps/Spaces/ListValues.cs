namespace DLExperiments.Sweeps.Spaces;

/// <summary>Values that were listed: numbers, names, true and false, or settings of their own.</summary>
public sealed class ListValues : SpaceValues
{
    /// <summary>Makes a list.</summary>
    /// <param name="items">The values, at least one.</param>
    public ListValues(IReadOnlyList<object?> items)
    {
        // 0.1, 1, 10 are numbers of one kind, though the second is written as a whole one.
        Items = items.All(i => i is long or double) && items.Any(i => i is double) ? [.. items.Select(i => (object)Number(i))] : items;
        // Numbers in rising order are near or far from each other; names are not.
        IsCategorical = !(items.All(i => TryNumber(i, out _)) && items.Zip(items.Skip(1)).All(p => Number(p.First) < Number(p.Second)));
    }

    /// <summary>The values.</summary>
    public IReadOnlyList<object?> Items { get; }

    /// <inheritdoc/>
    public override int? Levels => Items.Count;

    /// <inheritdoc/>
    public override bool IsCategorical { get; }

    /// <inheritdoc/>
    public override bool IsListed => true;

    /// <inheritdoc/>
    public override object? At(double u) => Items[Part(u, Items.Count)];

    /// <inheritdoc/>
    public override double? PlaceOf(object? value)
    {
        for (int i = 0; i < Items.Count; i++)
            if (Same(Items[i], value)) return (i + .5) / Items.Count;
        return null;
    }

    /// <inheritdoc/>
    public override string ToString() => string.Join(", ", Items.Select(Text));

    private static double Number(object? value) => TryNumber(value, out double number) ? number : double.NaN;
}
