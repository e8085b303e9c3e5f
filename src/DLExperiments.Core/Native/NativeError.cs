using DLExperiments.Errors;
using System.Text.RegularExpressions;

namespace DLExperiments.Native;

/// <summary>The errors of loading native libraries: one stable id for each cause.</summary>
internal static partial class NativeError
{
    /// <summary>A file of the set is not there.</summary>
    public static ExperimentException Missing(string path) => new("NativeLibraryMissing", ErrorKind.NotInstalled,
        $"The native library '{Path.GetFileName(path)}' is not in '{Path.GetDirectoryName(path)}'. Build the module again with "
        + $"'dotnet build -c Release', or let the environment variable {NativeFolder.Variable} name a folder that holds all of libtorch.", path);

    /// <summary>A file is of another processor or format, or cut short.</summary>
    public static ExperimentException Wrong(string path, string fault) => new("NativeWrongArchitecture", ErrorKind.NotInstalled,
        $"The native library '{path}' {fault}. Replace it: delete the folder '{Path.GetDirectoryName(path)}' and build the module again.", path);

    /// <summary>A libtorch of another folder is in the process already; there can be only one.</summary>
    public static ExperimentException Conflict(string path, string present) => new("NativeLibraryConflict", ErrorKind.InvalidOperation,
        $"Another libtorch is loaded in this process: '{present}', so '{path}' cannot be. Start a new session and import this "
        + $"module alone, or let the environment variable {NativeFolder.Variable} name the folder '{Path.GetDirectoryName(present)}'.", path);

    /// <summary>TorchSharp finds another library than the one that was loaded for it.</summary>
    public static ExperimentException NotBound(string path) => new("NativeLoadFailed", ErrorKind.NotInstalled,
        $"'{path}' is loaded, but TorchSharp does not find it: another library of that name is found first. Remove "
        + "other copies of LibTorchSharp from beside the assemblies and from the library search path.", path);

    /// <summary>The system's loader refused a file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="error">What the runtime threw; its text holds the loader's words.</param>
    public static ExperimentException Refused(string path, Exception error)
    {
        string text = LoaderText(error.Message);
        if (VersionNeed().Match(text) is { Success: true } old)
        {
            string by = old.Groups["by"] is { Success: true } file ? file.Value : path;
            return new("NativeRuntimeTooOld", ErrorKind.NotInstalled,
                $"The native library '{by}' needs {old.Groups["version"].Value}, and the C/C++ runtime of this system "
                + $"('{old.Groups["in"].Value.Trim()}') is older. Use a newer distribution or a container of one (Debian 12, Ubuntu 22.04 or later), "
                + "or start with LD_LIBRARY_PATH naming a folder that holds a newer libstdc++.so.6.", by, error);
        }
        if (DependencyNeed().Match(text) is { Success: true } absent)
            return new("NativeLibraryMissing", ErrorKind.NotInstalled,
                $"The native library '{path}' needs '{absent.Groups["file"].Value}', which is neither in '{Path.GetDirectoryName(path)}' nor on this "
                + "system. Install the package that holds it, or put the file into that folder.", path, error);
        if (error is BadImageFormatException || text.Contains("ELF", StringComparison.Ordinal))
            return new("NativeWrongArchitecture", ErrorKind.NotInstalled,
                $"The native library '{path}' is not one that this process can load: {text}", path, error);
        if (text.Contains("0x8007007E", StringComparison.OrdinalIgnoreCase))
            return new("NativeLibraryMissing", ErrorKind.NotInstalled,
                $"The native library '{path}' needs another library that is not there. Install the Microsoft Visual C++ "
                + "Redistributable 2015-2022 (x64) and see that the folder holds all files of libtorch.", path, error);
        return new("NativeLoadFailed", ErrorKind.NotInstalled,
            $"The native library '{path}' does not load: {text}", path, error);
    }

    /// <summary>The loader's own words: .NET puts general advice before them.</summary>
    private static string LoaderText(string message)
    {
        string[] lines = message.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        return lines.Length > 1 ? string.Join("; ", lines[1..]) : message.Trim();
    }

    [GeneratedRegex(@"(?<in>[^;]*?): version [`'‘](?<version>(GLIBCXX|GLIBC|CXXABI|GCC)_[0-9.]+)['’] not found( \(required by (?<by>[^)]+)\))?")]
    private static partial Regex VersionNeed();

    [GeneratedRegex(@"(?<file>[^\s;:/]+\.so[^\s;:/]*): cannot open shared object file")]
    private static partial Regex DependencyNeed();
}
