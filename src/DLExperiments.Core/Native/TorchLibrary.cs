using System.Diagnostics;
using System.Reflection;
using System.Runtime.InteropServices;
using System.Runtime.Loader;
using DLExperiments.Errors;
using TorchSharp;

namespace DLExperiments.Native;

/// <summary>
/// Loads libtorch, once, by absolute path, before TorchSharp is touched. Left to itself TorchSharp would search
/// the package cache, copy half a gigabyte, write to the console and name the wrong cause.
/// </summary>
/// <remarks>
/// The folder is sought in this order: the environment variable <c>DLEXPERIMENTS_NATIVE</c> (when set, nothing else is
/// looked at); <c>../native/&lt;rid&gt;</c> beside the engine's assembly, as in the module; <see cref="SearchFolder"/>; and
/// <c>module/DLExperiments/native/&lt;rid&gt;</c> of a folder above, for programs run from the source tree.
/// </remarks>
public static class TorchLibrary
{
    private static readonly object Gate = new();
    private static volatile bool loaded;
    private static bool resolving;
    private static string? searchFolder;

    /// <summary>Whether libtorch is in the process and ready.</summary>
    public static bool IsLoaded => loaded;

    /// <summary>The folder that libtorch was loaded from; null before the first successful <see cref="EnsureLoaded"/>.</summary>
    public static string? Folder { get; private set; }

    /// <summary>Why the CUDA part of a CUDA build did not load; null when it did, or when there is none.</summary>
    public static string? CudaLoadError { get; private set; }

    /// <summary>A folder of native libraries that a host knows of; takes effect until libtorch is loaded.</summary>
    public static string? SearchFolder
    {
        get => searchFolder;
        set
        {
            searchFolder = value;
            ResolveFromFolder();
        }
    }

    /// <summary>
    /// Loads libtorch when it is not loaded yet; from then on it costs one read of a field. Every public operation that
    /// uses TorchSharp calls it first. After a failure a later call tries again, so a repaired file is taken up.
    /// </summary>
    /// <exception cref="ExperimentException">
    /// <c>PlatformNotSupported</c>, <c>NativeLibraryMissing</c>, <c>NativeWrongArchitecture</c>, <c>NativeRuntimeTooOld</c>,
    /// <c>NativeLibraryConflict</c> or <c>NativeLoadFailed</c>; the message names the file and the way out.
    /// </exception>
    public static void EnsureLoaded()
    {
        if (loaded) return;
        lock (Gate)
        {
            if (!loaded) Load();
        }
    }

    /// <summary>The folder that libtorch is or would be loaded from, without loading it.</summary>
    /// <returns>An absolute path.</returns>
    /// <exception cref="ExperimentException"><c>PlatformNotSupported</c> or <c>NativeLibraryMissing</c>.</exception>
    public static string Locate() => Folder ?? NativeFolder.Locate(
        NativePlatform.Current, Environment.GetEnvironmentVariable(NativeFolder.Variable), AssemblyFolder, searchFolder);

    private static string AssemblyFolder =>
        Path.GetDirectoryName(typeof(TorchLibrary).Assembly.Location) is { Length: > 0 } folder ? folder : AppContext.BaseDirectory;

    private static void Load()
    {
        string folder = Locate();
        NativePlatform platform = NativePlatform.Current!;
        List<(string Path, bool IsCuda)> files = [.. platform.Files(folder)];
        foreach ((string path, _) in files) Check(path, platform);
        RefuseOthers(files.Select(f => f.Path).ToList());

        NativeEnvironment.Prepare();
        string? cudaError = null;
        IntPtr last = IntPtr.Zero;
        foreach ((string path, bool isCuda) in files)
        {
            try
            {
                last = NativeLibrary.Load(path); // never freed: C++ libraries with unique symbols cannot be unloaded anyway
            }
            catch (Exception e) when (e is DllNotFoundException or BadImageFormatException or EntryPointNotFoundException)
            {
                ExperimentException error = NativeError.Refused(path, e);
                if (!isCuda) throw error;
                cudaError ??= error.Message;
            }
        }

        Folder = folder;
        ResolveFromFolder();
        if (!NativeLibrary.TryLoad("LibTorchSharp", typeof(torch).Assembly, null, out IntPtr bound) || bound != last)
        {
            Folder = null;
            throw NativeError.NotBound(files[^1].Path);
        }
        CudaLoadError = cudaError;
        loaded = true;
    }

    private static void Check(string path, NativePlatform platform)
    {
        if (!File.Exists(path)) throw NativeError.Missing(path);
        try
        {
            if (NativeImage.Fault(path, platform.Extension, RuntimeInformation.ProcessArchitecture) is { } fault) throw NativeError.Wrong(path, fault);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new ExperimentException("NativeLoadFailed", ErrorKind.Io, $"The native library '{path}' cannot be read: {e.Message}", path, e);
        }
    }

    /// <summary>Natives are known to the process by bare name: with two sets in it, each would be bound to parts of the other.</summary>
    private static void RefuseOthers(List<string> files)
    {
        Dictionary<string, string> ours = files.ToDictionary(f => Path.GetFileName(f), StringComparer.Ordinal);
        using Process self = Process.GetCurrentProcess();
        foreach (ProcessModule module in self.Modules)
        {
            string name = Path.GetFileName(module.FileName);
            // Several programs share an OpenMP runtime of the same file name without harm.
            if (!ours.TryGetValue(name, out string? path) || name.Contains("omp", StringComparison.Ordinal)) continue;
            if (RealPath(path) != RealPath(module.FileName)) throw NativeError.Conflict(path, module.FileName);
        }
    }

    private static string RealPath(string path)
    {
        string real = Path.GetPathRoot(path)!;
        foreach (string part in path[real.Length..].Split(Path.DirectorySeparatorChar, StringSplitOptions.RemoveEmptyEntries))
        {
            real = Path.Combine(real, part);
            real = new DirectoryInfo(real).ResolveLinkTarget(returnFinalTarget: true)?.FullName ?? real;
        }
        return real;
    }

    /// <summary>Has TorchSharp and SkiaSharp find their natives in the folder, whichever load context they live in.</summary>
    private static void ResolveFromFolder()
    {
        lock (Gate)
        {
            if (resolving) return;
            resolving = true;
            AssemblyLoadContext.GetLoadContext(typeof(torch).Assembly)!.ResolvingUnmanagedDll += Resolve;
        }
    }

    private static IntPtr Resolve(Assembly assembly, string name)
    {
        string? folder = Folder ?? searchFolder;
        if (folder is null || NativePlatform.Current is not { } platform) return IntPtr.Zero;
        foreach (string file in new[] { name, name + platform.Extension, platform.FileName(name) })
            if (File.Exists(Path.Combine(folder, file)) && NativeLibrary.TryLoad(Path.Combine(folder, file), out IntPtr handle))
                return handle;
        return IntPtr.Zero;
    }
}
