using System.Collections.Specialized;

namespace DLExperiments.Sweeps.Spaces;

/// <summary>
/// The parameters of one trial by name, in the order of the space. A script can splat it: <c>./trial.ps1 @p</c>. What is a setting inside another
/// (<c>Optimizer = @{ Name = 'SGD'; Momentum = .5 }</c>) is nested here, and <see cref="Columns"/> has it flat.
/// </summary>
public sealed class Setting : OrderedDictionary
{
    /// <summary>Makes an empty one.</summary>
    public Setting()
        : base(StringComparer.OrdinalIgnoreCase)
    {
    }

    /// <summary>Every value by its full name, as columns of a table: <c>Optimizer</c>, <c>Optimizer.Momentum</c>; one that does not count is absent.</summary>
    public IReadOnlyDictionary<string, object?> Columns => columns;

    /// <summary>For example <c>LearningRate=0.01 Units=32</c>.</summary>
    public override string ToString() => string.Join(' ', columns.Select(c => $"{c.Key}={SpaceValues.Text(c.Value)}"));

    private readonly SortedDictionary<string, object?> columns = new(StringComparer.OrdinalIgnoreCase);

    internal void AddColumn(string name, object? value) => columns[name] = value;
}
