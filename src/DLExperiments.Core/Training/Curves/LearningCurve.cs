namespace DLExperiments.Training.Curves;

/// <summary>A learning curve as it was read from a file: rows of named values, one for each epoch.</summary>
/// <param name="Path">The file's full path.</param>
/// <param name="Format">What wrote it: <c>DLExperiments</c>, <c>Keras</c> or <c>Lightning</c>.</param>
/// <param name="Columns">The names of the values, as this software calls them; the first is Epoch.</param>
/// <param name="Rows">A value for each column: int (Epoch), long (Step, SampleCount), double, DateTime (Timestamp), string, or null.</param>
public sealed record LearningCurve(string Path, string Format, string[] Columns, IReadOnlyList<object?[]> Rows)
{
    /// <summary>
    /// The version of the CSV schema that <see cref="LearningCurveWriter"/> writes. Version 1 is <see cref="LearningCurveWriter.Columns"/>;
    /// a later version only adds columns behind these, so that every reader of version 1 reads it too.
    /// </summary>
    public const int SchemaVersion = 1;

    /// <summary>Names for runs by their files: the file's name, or that of its folder when several files are called alike, or both.</summary>
    /// <param name="paths">Full paths.</param>
    /// <returns>A name for each path, in order, all different for different files.</returns>
    public static string[] NameRuns(IReadOnlyList<string> paths)
    {
        string[] names = [.. paths.Select(p => System.IO.Path.GetFileNameWithoutExtension(p))];
        if (names.Distinct().Count() == names.Length) return names;
        string[] folders = [.. paths.Select(p => System.IO.Path.GetFileName(System.IO.Path.GetDirectoryName(p)) ?? "")];
        if (folders.Distinct().Count() == folders.Length) return folders;
        string[] both = [.. folders.Zip(names, (f, n) => $"{f}/{n}")];
        return both.Distinct().Count() == both.Length ? both : [.. paths];
    }
}
