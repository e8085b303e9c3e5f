using System.Reflection;
using System.Runtime.Loader;

namespace DLExperiments.Loader;

/// <summary>
/// The private load context of the module. Everything in the module's <c>lib</c> folder (the cmdlets, the engine,
/// TorchSharp, CsvHelper, ...) lives in it, so that another module may carry other versions of the same libraries;
/// what is not there (PowerShell's own assemblies) comes from the default context.
/// </summary>
public sealed class ModuleLoadContext : AssemblyLoadContext
{
    private static readonly object Gate = new();
    private static ModuleLoadContext? instance;

    private readonly string folder;

    private ModuleLoadContext(string folder)
        : base("DLExperiments", isCollectible: false) => this.folder = folder;

    /// <summary>Loads the module's cmdlet assembly into the private context; later calls return the same assembly.</summary>
    /// <returns>The assembly that holds the cmdlets.</returns>
    /// <exception cref="FileNotFoundException">The folder of this assembly holds no DLExperiments.dll.</exception>
    public static Assembly LoadModule()
    {
        lock (Gate)
        {
            instance ??= new ModuleLoadContext(Path.GetDirectoryName(typeof(ModuleLoadContext).Assembly.Location)!);
            return instance.LoadFromAssemblyPath(Path.Combine(instance.folder, "DLExperiments.dll"));
        }
    }

    /// <inheritdoc/>
    protected override Assembly? Load(AssemblyName assemblyName)
    {
        string path = Path.Combine(folder, assemblyName.Name + ".dll");
        return File.Exists(path) ? LoadFromAssemblyPath(path) : null;
    }

    /// <inheritdoc/>
    protected override IntPtr LoadUnmanagedDll(string unmanagedDllName)
    {
        string native = Path.Combine(folder, "..", "native");
        if (!Directory.Exists(native)) return IntPtr.Zero;
        foreach (string rid in Directory.GetDirectories(native))
            foreach (string name in new[] { unmanagedDllName, $"lib{unmanagedDllName}.so", $"{unmanagedDllName}.dll", $"lib{unmanagedDllName}.dylib" })
                if (File.Exists(Path.Combine(rid, name)))
                    return LoadUnmanagedDllFromPath(Path.GetFullPath(Path.Combine(rid, name)));
        return IntPtr.Zero;
    }
}
