using System.Security.Cryptography;
using System.Text;
using DLExperiments.Errors;

namespace DLExperiments.Data.Splitting;

/// <summary>Which rows of a data set belong together, and stay known as such in every piece of it.</summary>
public sealed class RowGroups
{
    private readonly Dictionary<int, string> byRow = [];

    /// <summary>Takes the groups of the rows that are folded, or of all rows.</summary>
    /// <param name="data">The data set.</param>
    /// <param name="groups">A value for each row of the Train piece, where there is one, or for each row of the whole set.</param>
    /// <exception cref="ExperimentException">GroupMismatch: there are more or fewer values than rows, or a row that is there twice has two.</exception>
    public RowGroups(Dataset data, IReadOnlyList<string> groups)
    {
        Dataset folded = data.Train ?? data;
        if (groups.Count != folded.Count && groups.Count != data.Count)
            throw new ExperimentException("GroupMismatch", ErrorKind.InvalidArgument,
                $"There are {groups.Count} groups for the {folded.Count} rows of '{folded.Name}'{(data.Count != folded.Count ? $" ({data.Count} with its other pieces)" : "")}; give a value for each row.", data.Name);
        int[] rows = groups.Count == folded.Count ? folded.Rows : data.Rows;
        for (int i = 0; i < rows.Length; i++)
            if (!byRow.TryAdd(rows[i], groups[i]) && byRow[rows[i]] != groups[i])
                throw new ExperimentException("GroupMismatch", ErrorKind.InvalidArgument, $"A row of '{data.Name}' is there twice, in the groups '{byRow[rows[i]]}' and '{groups[i]}'. Give it one.", data.Name);
        Fingerprint = Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\0', rows.Zip(groups, (r, g) => $"{r} {g}"))))).ToLowerInvariant()[..16];
    }

    /// <summary>A hash of the rows and their groups.</summary>
    public string Fingerprint { get; }

    /// <summary>The groups of the rows of a piece, in their order.</summary>
    /// <param name="piece">The data set itself, or any piece of it.</param>
    public IReadOnlyList<string> Of(Dataset piece) => [.. piece.Rows.Select(r => byRow[r])];
}
