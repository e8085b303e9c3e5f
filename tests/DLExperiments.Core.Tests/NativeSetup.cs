using System.Reflection;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using DLExperiments.Native;

namespace DLExperiments.Tests;

/// <summary>Points the engine at the natives that the build put into the module folder, before any test runs.</summary>
internal static class NativeSetup
{
    /// <summary>The folder that holds the solution.</summary>
    public static string RepositoryRoot { get; } = typeof(NativeSetup).Assembly
        .GetCustomAttributes<AssemblyMetadataAttribute>().First(a => a.Key == "RepositoryRoot").Value!;

    /// <summary>The natives of this platform, as built.</summary>
    public static string NativeFolder { get; } = Path.Combine(RepositoryRoot, "module", "DLExperiments", "native",
        OperatingSystem.IsWindows() ? "win-x64" : OperatingSystem.IsMacOS() ? "osx-arm64" : "linux-x64");

    [ModuleInitializer]
    internal static void PointAtModuleFolder() => TorchLibrary.SearchFolder = NativeFolder;
}
