using DLExperiments.Errors;
using System.Runtime.InteropServices;

namespace DLExperiments.Native;

/// <summary>Finds the folder that holds the native libraries.</summary>
internal static class NativeFolder
{
    /// <summary>Environment variable that names one folder; when set, no other is looked at.</summary>
    public const string Variable = "DLEXPERIMENTS_NATIVE";

    /// <summary>The folder to load from.</summary>
    /// <param name="platform">Whose natives; null for a system that libtorch does not know.</param>
    /// <param name="named">The folder that <see cref="Variable"/> names, or null.</param>
    /// <param name="assemblyFolder">Where the engine's own assembly lies.</param>
    /// <param name="searchFolder">The folder that a host asked for, or null.</param>
    /// <returns>An absolute path of a folder that exists.</returns>
    /// <exception cref="ExperimentException"><c>PlatformNotSupported</c> or <c>NativeLibraryMissing</c>.</exception>
    public static string Locate(NativePlatform? platform, string? named, string assemblyFolder, string? searchFolder)
    {
        if (platform is null || (platform.Rid is null && string.IsNullOrWhiteSpace(named)))
            throw new ExperimentException("PlatformNotSupported", ErrorKind.NotInstalled,
                $"There is no libtorch for {RuntimeInformation.OSDescription} ({RuntimeInformation.RuntimeIdentifier}): it exists for "
                + "Linux with glibc on x64, Windows on x64 and macOS on Apple silicon. Use one of these, or build libtorch and "
                + $"LibTorchSharp for this system and let the environment variable {Variable} name their folder.",
                RuntimeInformation.RuntimeIdentifier);
        if (!string.IsNullOrWhiteSpace(named))
        {
            string folder = Path.GetFullPath(named);
            return Directory.Exists(folder) ? folder : throw Missing(
                $"The environment variable {Variable} names '{folder}', which is not a folder. Correct it or clear it.", folder);
        }
        List<string> sought = [.. Candidates(platform.Rid!, assemblyFolder, searchFolder).Distinct(StringComparer.Ordinal)];
        return sought.Find(Directory.Exists) ?? throw Missing(
            $"The native libraries of libtorch were not found. Sought in: {string.Join(", ", sought.Select(s => $"'{s}'"))}. Build the "
            + $"module with 'dotnet build -c Release', or let the environment variable {Variable} name the folder that holds "
            + $"{platform.FileName("torch_cpu")} and {platform.FileName("LibTorchSharp")}.", sought[0]);
    }

    private static IEnumerable<string> Candidates(string rid, string assemblyFolder, string? searchFolder)
    {
        yield return Path.GetFullPath(Path.Combine(assemblyFolder, "..", "native", rid));
        if (!string.IsNullOrWhiteSpace(searchFolder)) yield return Path.GetFullPath(searchFolder);
        // A program run from the source tree: the build has filled the module folder of the repository above it.
        for (DirectoryInfo? up = new(assemblyFolder); up is not null; up = up.Parent)
        {
            string module = Path.Combine(up.FullName, "module", "DLExperiments", "native", rid);
            if (Directory.Exists(module)) yield return module;
        }
    }

    private static ExperimentException Missing(string message, string target) =>
        new("NativeLibraryMissing", ErrorKind.NotInstalled, message, target);
}
