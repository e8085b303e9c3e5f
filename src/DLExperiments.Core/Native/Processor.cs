using System.Globalization;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.Arm;
using System.Runtime.Intrinsics.X86;
using System.Text;
using Microsoft.Win32;

namespace DLExperiments.Native;

/// <summary>Facts about the processor that the system and the runtime tell without libtorch.</summary>
internal static partial class Processor
{
    /// <summary>Each instruction set that pays in a kernel, and whether the processor has it and the runtime uses it; widest first.</summary>
    private static readonly (string Name, bool IsSupported)[] Sets =
    [
        ("AVX512F", Avx512F.IsSupported), ("AVX512BW", Avx512BW.IsSupported), ("AVX512DQ", Avx512DQ.IsSupported),
        ("AVX512VL", Avx512F.VL.IsSupported), ("AVX512VBMI", Avx512Vbmi.IsSupported), ("AVX2", Avx2.IsSupported), ("FMA", Fma.IsSupported),
        ("AVX", Avx.IsSupported), ("BMI2", Bmi2.IsSupported), ("SSE4.2", Sse42.IsSupported),
        ("NEON", AdvSimd.IsSupported), ("DOTPROD", Dp.IsSupported),
    ];

    /// <summary>The supported instruction sets.</summary>
    public static IReadOnlyList<string> InstructionSets() => [.. Sets.Where(s => s.IsSupported).Select(s => s.Name)];

    /// <summary>Whether it multiplies 16-bit bfloat16 numbers faster than 32-bit ones: AVX512_BF16 or AMX; on Arm, which .NET does not tell, as Linux says.</summary>
    public static bool HasBFloat16 { get; } = X86Base.IsSupported
        ? Avx512F.IsSupported && X86Base.CpuId(0, 0).Eax >= 7 && ((X86Base.CpuId(7, 1).Eax & (1 << 5)) != 0 || (X86Base.CpuId(7, 0).Edx & (1 << 22)) != 0)
        : CpuInfo("Features").FirstOrDefault()?.Split(' ').Contains("bf16") == true;

    /// <summary>Bits of the widest vector that is put to use.</summary>
    public static int VectorWidth() =>
        Vector512.IsHardwareAccelerated ? 512 : Vector256.IsHardwareAccelerated ? 256 : Vector128.IsHardwareAccelerated ? 128 : 64;

    /// <summary>The processor's model name as the system tells it; the architecture where it tells none.</summary>
    public static string Name()
    {
        string? name = OperatingSystem.IsLinux() ? CpuInfo("model name").FirstOrDefault()
            : OperatingSystem.IsWindows() ? Registry.GetValue(@"HKEY_LOCAL_MACHINE\HARDWARE\DESCRIPTION\System\CentralProcessor\0", "ProcessorNameString", null) as string
            : OperatingSystem.IsMacOS() ? SystemControl("machdep.cpu.brand_string")
            : null;
        return string.IsNullOrWhiteSpace(name) ? $"{RuntimeInformation.ProcessArchitecture} processor" : name.Trim();
    }

    /// <summary>Bytes of memory that this process may use: the machine's, or what its control group allows when that is less.</summary>
    public static long Memory()
    {
        if (!OperatingSystem.IsLinux()) return GC.GetGCMemoryInfo().TotalAvailableMemoryBytes;
        // /proc/meminfo counts in KiB. The runtime's own figure is no use here: in a container it is 75 % of the limit.
        string total = Lines("/proc/meminfo").First(l => l.StartsWith("MemTotal:", StringComparison.Ordinal));
        long machine = 1024 * long.Parse(total.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture);
        string? limit = Lines("/sys/fs/cgroup/memory.max").Concat(Lines("/sys/fs/cgroup/memory/memory.limit_in_bytes")).FirstOrDefault();
        return long.TryParse(limit, CultureInfo.InvariantCulture, out long allowed) ? Math.Min(machine, allowed) : machine;
    }

    /// <summary>
    /// Threads that libtorch starts with when nobody says otherwise: OMP_NUM_THREADS or MKL_NUM_THREADS, else one for each
    /// physical core that the process may use (MKL's default, which libtorch takes over).
    /// </summary>
    public static int DefaultThreads()
    {
        foreach (string variable in new[] { "MKL_NUM_THREADS", "OMP_NUM_THREADS" })
            if (int.TryParse(Environment.GetEnvironmentVariable(variable), CultureInfo.InvariantCulture, out int wanted) && wanted > 0)
                return wanted;
        int physical = CpuInfo("physical id").Zip(CpuInfo("core id")).Distinct().Count();
        return physical > 0 ? Math.Min(physical, Environment.ProcessorCount) : Environment.ProcessorCount;
    }

    private static IEnumerable<string> CpuInfo(string key) =>
        Lines("/proc/cpuinfo").Select(l => l.Split(':', 2)).Where(p => p.Length == 2 && p[0].Trim() == key).Select(p => p[1].Trim());

    private static string[] Lines(string path)
    {
        try
        {
            return File.Exists(path) ? File.ReadAllLines(path) : [];
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return []; // a container may hide the file; the report goes on without it
        }
    }

    private static string? SystemControl(string name)
    {
        byte[] buffer = new byte[256];
        nuint length = (nuint)buffer.Length;
        return SystemControlByName(name, buffer, ref length, IntPtr.Zero, 0) == 0 ? Encoding.UTF8.GetString(buffer, 0, (int)length).TrimEnd('\0') : null;
    }

    [LibraryImport("libc", EntryPoint = "sysctlbyname", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int SystemControlByName(string name, byte[] value, ref nuint length, IntPtr replacement, nuint replacementLength);
}
