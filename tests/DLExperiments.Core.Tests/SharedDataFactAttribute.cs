namespace DLExperiments.Tests;

/// <summary>A test on real data beside the repository (../shared/data); skipped where that is absent.</summary>
public sealed class SharedDataFactAttribute : FactAttribute
{
    /// <summary>Skips where the file or folder is absent.</summary>
    public SharedDataFactAttribute(string path) => Skip = Path.Exists(PathOf(path)) ? null : $"../shared/data/{path} is absent";

    /// <summary>The full path of a file or folder of the real data.</summary>
    public static string PathOf(string path) => Path.GetFullPath(Path.Combine(NativeSetup.RepositoryRoot, "..", "shared", "data", path));
}
