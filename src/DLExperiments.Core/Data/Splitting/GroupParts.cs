using DLExperiments.Errors;

namespace DLExperiments.Data.Splitting;

/// <summary>Deals whole groups of rows into parts of about the wanted sizes.</summary>
internal static class GroupParts
{
    internal static void Verify(Dataset data, IReadOnlyList<string> groups, bool stratify, bool sequential)
    {
        if (groups.Count != data.Count)
            throw new ExperimentException("GroupMismatch", ErrorKind.InvalidArgument,
                $"There are {groups.Count} groups for the {data.Count} rows of '{data.Name}'; give a value for each row.", data.Name);
        if (stratify || sequential)
            throw new ExperimentException("GroupMismatch", ErrorKind.InvalidArgument,
                $"Groups stay together wherever their rows are, so a split by groups cannot be {(stratify ? "stratified" : "sequential")} too.", data.Name);
    }

    /// <summary>The rows of each part: groups from the largest on, in shuffled order among equals, each to the part that lacks most.</summary>
    internal static List<int>[] Deal(Dataset data, IReadOnlyList<string> groups, int[] order, int[] sizes)
    {
        // What belongs to no part is one more part, so that two ratios of .4 leave a fifth out.
        int[] lacking = [.. sizes, data.Count - sizes.Sum()];
        List<int>[] parts = [.. lacking.Select(_ => new List<int>())];
        foreach (IGrouping<string, int> group in order.GroupBy(r => groups[r]).OrderByDescending(g => g.Count()))
        {
            int part = Array.IndexOf(lacking, lacking.Max());
            lacking[part] -= group.Count();
            parts[part].AddRange(group);
        }
        int empty = Array.FindIndex(parts[..sizes.Length], p => p.Count == 0);
        if (empty >= 0)
            throw new ExperimentException("TooFewGroups", ErrorKind.InvalidArgument,
                $"Part {empty + 1} of {sizes.Length} would have no row: '{data.Name}' has {groups.Distinct().Count()} group(s).", data.Name);
        return parts[..sizes.Length];
    }
}
