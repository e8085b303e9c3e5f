using System.Reflection;

namespace DLExperiments.Shell.Hosting;

/// <summary>Where the folder lies that holds the module's folder, to be put on the module path.</summary>
public static class ModuleRoot
{
    /// <summary>The environment variable that overrides the search.</summary>
    public const string Variable = "DLEXPERIMENTS_MODULE_ROOT";

    private const string ModuleName = "DLExperiments";

    /// <summary>
    /// The folder named by <see cref="Variable"/>; else the nearest folder <c>module</c> that holds the module, from the program's folder
    /// upwards; else the one that was there when the program was built; <see langword="null"/> if there is none.
    /// </summary>
    /// <returns>The full path, or <see langword="null"/>.</returns>
    public static string? Find()
    {
        var named = Environment.GetEnvironmentVariable(Variable);
        if (!string.IsNullOrEmpty(named))
            return Path.GetFullPath(named);
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            var candidate = Path.Combine(folder.FullName, "module");
            if (Directory.Exists(Path.Combine(candidate, ModuleName)))
                return candidate;
        }
        var built = typeof(ModuleRoot).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().FirstOrDefault(a => a.Key == "ModuleRoot")?.Value;
        return Directory.Exists(built) ? built : null;
    }
}
