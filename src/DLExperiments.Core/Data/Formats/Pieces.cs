namespace DLExperiments.Data.Formats;

/// <summary>Makes the pieces of a data set whose files already say what each row is for.</summary>
internal static class Pieces
{
    /// <summary>The data set with its pieces; of two, the second serves for validation and test.</summary>
    /// <param name="data">The rows.</param>
    /// <param name="pieces">For each row 0 (train), 1 (validation) or 2 (test).</param>
    /// <param name="warn">Told of a class that a piece has no row of.</param>
    internal static Dataset Of(Dataset data, int[] pieces, Action<string>? warn)
    {
        Dataset? Piece(int piece, string name)
        {
            int[] rows = [.. Enumerable.Range(0, data.Count).Where(r => pieces[r] == piece)];
            return rows.Length == 0 ? null : data.Select($"{data.Name} ({name})", rows);
        }
        Dataset? train = Piece(0, "train"), validation = Piece(1, "validation"), test = Piece(2, "test");
        if (train is null) (train, validation) = (validation!, null);
        foreach (Dataset piece in new[] { train, validation, test }.OfType<Dataset>())
            foreach ((ClassCount all, ClassCount here) in (data.ClassCounts ?? []).Zip(piece.ClassCounts ?? []))
                if (all.Count > 0 && here.Count == 0) warn?.Invoke($"'{piece.Name}' has no row of class '{here.Class}'.");
        return data.WithPieces(train, validation ?? test, test ?? validation);
    }
}
