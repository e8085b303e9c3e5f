using System.Collections.Specialized;

namespace DLExperiments.Sweeps.Spaces;

/// <summary>A place in the table of a space: a value that varies, one that does not, or a table of further places.</summary>
internal sealed class SpaceNode
{
    internal required string Name { get; init; }

    /// <summary>The entry that chooses the value, or -1 for none.</summary>
    internal int Entry { get; init; } = -1;

    /// <summary>The value when nothing chooses it.</summary>
    internal object? Constant { get; init; }

    /// <summary>The choice that makes this a table, with what each choice that is one holds; a table that is no choice has one under -1.</summary>
    internal IReadOnlyDictionary<int, IReadOnlyList<SpaceNode>> Tables { get; init; } = new Dictionary<int, IReadOnlyList<SpaceNode>>();

    /// <summary>Reads the value at a point; false when it does not count there.</summary>
    internal bool TryRead(SweepSpace space, IReadOnlyList<double> point, Setting columns, out object? value, string path = "")
    {
        string full = path + Name;
        value = Constant;
        if (Entry >= 0)
        {
            if (!space.IsActive(point, Entry)) return false;
            value = space.ValueAt(Entry, point[Entry]);
        }
        int chosen = Entry < 0 ? -1 : SpaceValues.Part(point[Entry], space.Entries[Entry].Values.Levels ?? 1);
        bool isTable = Tables.TryGetValue(chosen, out IReadOnlyList<SpaceNode>? parts);
        if (Entry >= 0) columns.AddColumn(full, value);
        if (!isTable) return true;
        var table = new OrderedDictionary(StringComparer.OrdinalIgnoreCase);
        foreach (SpaceNode part in parts!)
            if (part.TryRead(space, point, columns, out object? inner, full + ".")) table[part.Name] = inner;
        value = table;
        return true;
    }
}
