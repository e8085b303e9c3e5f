using System.Runtime.InteropServices;
using DLExperiments.Native;
using SkiaSharp;

namespace DLExperiments.Data.Images;

/// <summary>Finds the native part of the picture decoder beside the other natives of the module, in whatever program the engine runs.</summary>
internal static class SkiaLibrary
{
    private static readonly Lazy<bool> Loaded = new(Register);

    /// <summary>Makes the decoder usable; to be called before the first picture.</summary>
    /// <exception cref="Errors.ExperimentException">NativeLibraryMissing or PlatformNotSupported.</exception>
    internal static void EnsureLoaded() => _ = Loaded.Value;

    private static bool Register()
    {
        string folder = TorchLibrary.Locate();
        string file = "libSkiaSharp" + (OperatingSystem.IsWindows() ? ".dll" : OperatingSystem.IsMacOS() ? ".dylib" : ".so");
        try
        {
            NativeLibrary.SetDllImportResolver(typeof(SKCodec).Assembly, (name, _, _) =>
                name == "libSkiaSharp" && NativeLibrary.TryLoad(Path.Combine(folder, file), out IntPtr handle) ? handle : IntPtr.Zero);
        }
        catch (InvalidOperationException)
        {
            // A host that uses the decoder itself has already said where its native part is.
        }
        return true;
    }
}
