using System.Reflection;

namespace DLExperiments.Tests.Data;

/// <summary>A test of real data beside the repository; skipped, with the reason, where it is absent.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class SharedDataFactAttribute : FactAttribute
{
    public SharedDataFactAttribute(string path)
    {
        if (!Path.Exists(PathOf(path))) Skip = $"../shared/data/{path} is absent";
    }

    public static string PathOf(string path) => Path.GetFullPath(Path.Combine(
        typeof(SharedDataFactAttribute).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(a => a.Key == "RepositoryRoot").Value!,
        "..", "shared", "data", path));
}
