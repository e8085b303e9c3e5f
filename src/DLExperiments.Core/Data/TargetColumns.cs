namespace DLExperiments.Data;

/// <summary>The targets of a data set one by one: several numbers of a table are stored as one column, and are several columns here.</summary>
internal static class TargetColumns
{
    /// <summary>All targets, each column of a table by itself.</summary>
    internal static IReadOnlyList<DataColumn> Single(Dataset data) =>
        data.Targets is [var only] && data.Schema is { Targets: { Length: > 1 } columns } && only.ItemShape.ElementCount == columns.Length
            ? [.. columns.Select((c, place) => new ColumnSlice(c.Name, only, place))]
            : data.Targets;

    /// <summary>A target by its name, without regard to case; null when there is none.</summary>
    internal static DataColumn? Find(Dataset data, string name) =>
        data.Targets.Concat(Single(data)).FirstOrDefault(t => t.Name.Equals(name, StringComparison.OrdinalIgnoreCase));
}
