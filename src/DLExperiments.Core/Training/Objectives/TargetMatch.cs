using DLExperiments.Data;
using DLExperiments.Errors;

namespace DLExperiments.Training.Objectives;

/// <summary>Finds the target of each output: as it was said, by name, or by order.</summary>
internal static class TargetMatch
{
    /// <summary>Matches outputs with target columns; a single output takes all targets (null).</summary>
    /// <param name="data">The training rows.</param>
    /// <param name="outputs">The outputs to train.</param>
    /// <param name="said">Pairs 'output=column'.</param>
    /// <exception cref="ExperimentException">InvalidTargetMap, MissingTarget, or OutputTargetMismatch; the message has both sides.</exception>
    internal static IReadOnlyList<(string Output, DataColumn? Column)> Find(Dataset data, IReadOnlyList<string> outputs, IReadOnlyList<string> said)
    {
        if (data.Targets.Count == 0)
            throw new ExperimentException("MissingTarget", ErrorKind.InvalidArgument, $"The data set '{data.Name}' has no target column to train towards; name one when making it (-Target).", data.Name);
        Dictionary<string, DataColumn> map = Read(data, outputs, said);
        if (outputs.Count == 1 && map.Count == 0) return [(outputs[0], null)];
        DataColumn?[] found = [.. outputs.Select(o => map.GetValueOrDefault(o) ?? TargetColumns.Find(data, o))];
        if (found.All(c => c is null))
        {
            IReadOnlyList<DataColumn> columns = data.Targets.Count == outputs.Count ? data.Targets : TargetColumns.Single(data);
            if (columns.Count != outputs.Count) throw Mismatch(data, outputs, $"there are {outputs.Count} outputs, but {columns.Count} target(s)");
            found = [.. columns];
        }
        if (Array.IndexOf(found, null) is >= 0 and int missing) throw Mismatch(data, outputs, $"the output '{outputs[missing]}' has no target of its name");
        if (map.Count == 0 && TargetColumns.Single(data).FirstOrDefault(t => !found.Any(f => Covers(f!, t, data))) is { } spare)
            throw Mismatch(data, outputs, $"the target '{spare.Name}' has no output");
        return [.. outputs.Zip(found)];
    }

    private static bool Covers(DataColumn found, DataColumn target, Dataset data) =>
        found.Name.Equals(target.Name, StringComparison.OrdinalIgnoreCase) || data.Targets is [var joined] && ReferenceEquals(found, joined);

    private static Dictionary<string, DataColumn> Read(Dataset data, IReadOnlyList<string> outputs, IReadOnlyList<string> said)
    {
        var map = new Dictionary<string, DataColumn>(StringComparer.Ordinal);
        foreach (string pair in said)
        {
            if (pair.Split('=', 2, StringSplitOptions.TrimEntries) is not [{ Length: > 0 } name, { Length: > 0 } column])
                throw new ExperimentException("InvalidTargetMap", ErrorKind.InvalidArgument, $"'{pair}' does not say which output has which target; write 'output=column'.", pair);
            string output = outputs.FirstOrDefault(o => o.Equals(name, StringComparison.OrdinalIgnoreCase)) ?? throw new ExperimentException("UnknownOutput", ErrorKind.NotFound,
                $"'{pair}': the network has no output '{name}' to train. {NearNames.Suggest(name, outputs)}", name);
            map[output] = TargetColumns.Find(data, column) ?? throw new ExperimentException("MissingTarget", ErrorKind.NotFound,
                $"'{pair}': the data set '{data.Name}' has no target '{column}'. {NearNames.Suggest(column, [.. TargetColumns.Single(data).Select(t => t.Name)])}", column);
        }
        return map;
    }

    private static ExperimentException Mismatch(Dataset data, IReadOnlyList<string> outputs, string what) => new("OutputTargetMismatch", ErrorKind.InvalidArgument,
        $"Outputs and targets do not go together: {what}. The network's outputs are {string.Join(", ", outputs.Select(o => $"'{o}'"))}, the targets of '{data.Name}' "
        + $"{string.Join(", ", TargetColumns.Single(data).Select(t => $"'{t.Name}'"))}. Give them the same names, the same number, or say Target = 'output=column'.", data.Name);
}
