namespace DLExperiments.Sweeps.Spaces;

/// <summary>One entry of a space: its name, its values, and when it counts.</summary>
public sealed class SpaceEntry
{
    internal SpaceEntry(string name, SpaceValues values, int parent, IReadOnlyList<int> parentLevels)
    {
        (Name, Values, Parent, ParentLevels) = (name, values, parent, parentLevels);
    }

    /// <summary>The name of the parameter; a setting inside another is <c>Optimizer.Momentum</c>.</summary>
    public string Name { get; }

    /// <summary>Its values.</summary>
    public SpaceValues Values { get; }

    /// <summary>The place of the entry on which it depends; -1 for none.</summary>
    public int Parent { get; }

    /// <summary>The values of that entry, by their places in its list, with which it counts.</summary>
    public IReadOnlyList<int> ParentLevels { get; }

    /// <summary>The name and the values.</summary>
    public override string ToString() => $"{Name}: {Values}";
}
