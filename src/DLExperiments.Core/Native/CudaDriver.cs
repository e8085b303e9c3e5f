using System.Runtime.InteropServices;
using System.Text;

namespace DLExperiments.Native;

/// <summary>What NVIDIA's driver says of itself (CUDA driver API), which takes milliseconds and needs no libtorch.</summary>
/// <param name="Devices">Name and memory in bytes of each GPU.</param>
/// <param name="Fault">Why CUDA cannot run, or null.</param>
internal sealed record CudaDriver(IReadOnlyList<(string Name, long Memory)> Devices, string? Fault)
{
    /// <summary>The oldest driver that programs built for CUDA 12 run on (minor version compatibility), as major * 1000 + minor * 10.</summary>
    private const int OldestVersion = 12000;

    private const int NoDevice = 100; // CUDA_ERROR_NO_DEVICE

    /// <summary>Asks the driver.</summary>
    /// <returns>Its devices, or the reason why there are none.</returns>
    public static CudaDriver Probe()
    {
        if (OperatingSystem.IsMacOS()) return new([], "CUDA does not exist on macOS.");
        string file = OperatingSystem.IsWindows() ? "nvcuda.dll" : "libcuda.so.1";
        if (!NativeLibrary.TryLoad(file, out IntPtr library))
            return new([], $"No NVIDIA driver: {file} does not load. Install the driver of the card.");
        try
        {
            return Ask(library);
        }
        catch (EntryPointNotFoundException e)
        {
            return new([], $"{file} is not a CUDA driver that can be asked: {e.Message}");
        }
    }

    private static unsafe CudaDriver Ask(IntPtr library)
    {
        var getVersion = (delegate* unmanaged<int*, int>)NativeLibrary.GetExport(library, "cuDriverGetVersion");
        var init = (delegate* unmanaged<uint, int>)NativeLibrary.GetExport(library, "cuInit");
        var getCount = (delegate* unmanaged<int*, int>)NativeLibrary.GetExport(library, "cuDeviceGetCount");
        var getName = (delegate* unmanaged<byte*, int, int, int>)NativeLibrary.GetExport(library, "cuDeviceGetName");
        var getMemory = (delegate* unmanaged<nuint*, int, int>)NativeLibrary.GetExport(library, "cuDeviceTotalMem_v2");

        int version = 0, count = 0;
        getVersion(&version);
        int result = init(0);
        if (result == 0) result = getCount(&count);
        if (result == NoDevice || (result == 0 && count == 0))
            return new([], "The NVIDIA driver finds no GPU: none is there, or CUDA_VISIBLE_DEVICES hides it.");
        if (result != 0) return new([], $"The NVIDIA driver does not start (CUDA error {result}). Restart the machine or install the driver again.");

        List<(string, long)> devices = [];
        byte* text = stackalloc byte[256];
        for (int device = 0; device < count; device++)
        {
            nuint memory = 0;
            string name = getName(text, 256, device) == 0 ? Encoding.UTF8.GetString(MemoryMarshal.CreateReadOnlySpanFromNullTerminated(text)) : "";
            getMemory(&memory, device);
            devices.Add((name, (long)memory));
        }
        return new(devices, version >= OldestVersion ? null
            : $"The NVIDIA driver is too old: it knows CUDA {version / 1000}.{version % 1000 / 10}, and {OldestVersion / 1000}.0 or later is needed. Update the driver.");
    }
}
