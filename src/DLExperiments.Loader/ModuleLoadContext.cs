using System.Reflection;
using System.Runtime.InteropServices;
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
        foreach (string native in NativeFolders())
        {
            foreach (string name in FileNames(unmanagedDllName))
            {
                string path = Path.Combine(native, name);
                if (File.Exists(path)) return LoadUnmanagedDllFromPath(path);
            }
        }
        return IntPtr.Zero;
    }

    /// <summary>The same variable and order as the engine's own search, so that both mean the same files.</summary>
    private IEnumerable<string> NativeFolders()
    {
        if (Environment.GetEnvironmentVariable("DLEXPERIMENTS_NATIVE") is { } named && !string.IsNullOrWhiteSpace(named))
            yield return Path.GetFullPath(named);
        string system = OperatingSystem.IsWindows() ? "win" : OperatingSystem.IsMacOS() ? "osx" : "linux";
        string architecture = RuntimeInformation.ProcessArchitecture.ToString().ToLowerInvariant();
        yield return Path.GetFullPath(Path.Combine(folder, "..", "native", $"{system}-{architecture}"));
    }

    private static IEnumerable<string> FileNames(string name)
    {
        string extension = OperatingSystem.IsWindows() ? ".dll" : OperatingSystem.IsMacOS() ? ".dylib" : ".so";
        return [name, name + extension, "lib" + name + extension];
    }
}
