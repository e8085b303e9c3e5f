using System.Runtime.InteropServices;

namespace DLExperiments.Native;

/// <summary>What the native libraries are called on this system, and in which order they load.</summary>
/// <param name="Rid">Runtime identifier of the natives that exist for this system, or null when there are none.</param>
/// <param name="Prefix">What precedes a library's name: <c>lib</c> or nothing.</param>
/// <param name="Extension">What follows it, with the dot.</param>
/// <param name="OpenMp">File name patterns of what libtorch itself stands on; loaded first where they are present.</param>
internal sealed record NativePlatform(string? Rid, string Prefix, string Extension, string[] OpenMp)
{
    /// <summary>Names without prefix and extension; each stands on the ones before it.</summary>
    private static readonly string[] Required = ["c10", "torch_cpu", "torch", "LibTorchSharp"];

    /// <summary>What a CUDA build of libtorch adds, in order; all go between torch_cpu and torch.</summary>
    private static readonly string[] Cuda = ["c10_cuda", "torch_cuda"];

    /// <summary>This process's platform, or null on an operating system that libtorch does not know.</summary>
    public static NativePlatform? Current { get; } = Find(
        OperatingSystem.IsLinux() ? "linux" : OperatingSystem.IsWindows() ? "win" : OperatingSystem.IsMacOS() ? "osx" : "other",
        RuntimeInformation.ProcessArchitecture,
        RuntimeInformation.RuntimeIdentifier.Contains("musl", StringComparison.Ordinal));

    /// <summary>The platform of an operating system and architecture.</summary>
    /// <param name="system"><c>linux</c>, <c>win</c> or <c>osx</c>.</param>
    /// <param name="architecture">Of the process, not of the machine.</param>
    /// <param name="musl">Whether the C library is musl (Alpine), for which there is no libtorch.</param>
    /// <returns>The platform, or null for another operating system.</returns>
    public static NativePlatform? Find(string system, Architecture architecture, bool musl) => system switch
    {
        "linux" => new(architecture == Architecture.X64 && !musl ? "linux-x64" : null, "lib", ".so", ["libgomp*.so*", "libiomp5.so"]),
        "win" => new(architecture == Architecture.X64 ? "win-x64" : null, "", ".dll", ["libiomp*.dll", "uv.dll", "asmjit.dll", "fbgemm.dll"]),
        "osx" => new(architecture == Architecture.Arm64 ? "osx-arm64" : null, "lib", ".dylib", ["libomp.dylib"]),
        _ => null,
    };

    /// <summary>The file name of a library.</summary>
    /// <param name="library">Without prefix and extension, for example <c>torch_cpu</c>.</param>
    /// <returns>For example <c>libtorch_cpu.so</c>.</returns>
    public string FileName(string library) => Prefix + library + Extension;

    /// <summary>The files to load from a folder, in order; the required ones whether they exist or not.</summary>
    /// <param name="folder">Where the natives lie.</param>
    /// <returns>Absolute paths, and whether libtorch does without the file on a machine that has no GPU.</returns>
    public IEnumerable<(string Path, bool IsCuda)> Files(string folder)
    {
        foreach (string pattern in OpenMp)
            foreach (string file in Directory.GetFiles(folder, pattern).Order(StringComparer.Ordinal))
                yield return (file, false);
        foreach (string library in Required)
        {
            if (library == "torch")
                foreach (string cuda in Cuda.Select(c => Path.Combine(folder, FileName(c))).Where(File.Exists))
                    yield return (cuda, true);
            yield return (Path.Combine(folder, FileName(library)), false);
        }
    }

    /// <summary>Whether the folder holds a CUDA build of libtorch.</summary>
    /// <param name="folder">Where the natives lie.</param>
    /// <returns>True when torch_cuda is there.</returns>
    public bool HasCuda(string folder) => File.Exists(Path.Combine(folder, FileName("torch_cuda")));
}
