using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace DLExperiments.Native;

/// <summary>
/// Reads the headers of a library file before the system's loader sees it: a file that is cut short would not fail
/// there but kill the process (SIGBUS), and what is said about a wrong processor differs from system to system.
/// </summary>
internal static class NativeImage
{
    private const int HeaderBytes = 4096;

    /// <summary>What keeps this process from loading the file.</summary>
    /// <param name="path">The library.</param>
    /// <param name="extension">Extension of this system's libraries, which tells the format: <c>.so</c>, <c>.dll</c>, <c>.dylib</c>.</param>
    /// <param name="architecture">The architecture of the process.</param>
    /// <returns>A clause that follows the file's name ("is ..."), or null when nothing is wrong.</returns>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static string? Fault(string path, string extension, Architecture architecture)
    {
        byte[] head = new byte[HeaderBytes];
        using FileStream file = new(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        Span<byte> image = head.AsSpan(0, file.ReadAtLeast(head, head.Length, throwOnEndOfStream: false));
        try
        {
            return extension switch
            {
                ".so" => Elf(image, file.Length, architecture),
                ".dll" => Portable(image, file.Length, architecture),
                _ => Mach(image, architecture),
            };
        }
        catch (ArgumentOutOfRangeException)
        {
            return $"is cut short: its header does not fit into its {file.Length} bytes";
        }
    }

    /// <summary>ELF (System V ABI): identification, machine, and that the loadable segments and the section table lie within the file.</summary>
    private static string? Elf(ReadOnlySpan<byte> image, long length, Architecture architecture)
    {
        if (image.Length < 4 || !image[..4].SequenceEqual("\u007fELF"u8)) return "is not a Linux library (no ELF header)";
        if (image[4] != 2) return "is a 32-bit library, and this process is 64-bit";
        ushort machine = U16(image, 18), expected = architecture == Architecture.Arm64 ? (ushort)183 : (ushort)62;
        if (machine != expected) return Foreign(machine, machine switch { 62 => "x64", 183 => "Arm64", 3 => "x86", 243 => "RISC-V", _ => null }, architecture);
        int table = checked((int)U64(image, 0x20)), size = U16(image, 0x36), count = U16(image, 0x38);
        // The section table ends a library as linkers write it; a stripped one without sections has offset 0.
        long needed = U64(image, 0x28) == 0 ? 0 : (long)U64(image, 0x28) + U16(image, 0x3A) * U16(image, 0x3C);
        for (int i = 0; i < count; i++)
        {
            ReadOnlySpan<byte> segment = image[(table + i * size)..];
            if (U32(segment, 0) == 1) needed = Math.Max(needed, (long)(U64(segment, 8) + U64(segment, 32))); // PT_LOAD
        }
        return needed > length ? $"is cut short: {length} bytes of at least {needed}" : null;
    }

    /// <summary>PE/COFF: machine, and that every section lies within the file.</summary>
    private static string? Portable(ReadOnlySpan<byte> image, long length, Architecture architecture)
    {
        if (image.Length < 2 || image[0] != 'M' || image[1] != 'Z') return "is not a Windows library (no MZ header)";
        int header = (int)U32(image, 0x3C);
        ushort machine = U16(image, header + 4), expected = architecture == Architecture.Arm64 ? (ushort)0xAA64 : (ushort)0x8664;
        if (machine != expected) return Foreign(machine, machine switch { 0x8664 => "x64", 0xAA64 => "Arm64", 0x14C => "x86", _ => null }, architecture);
        int sections = header + 24 + U16(image, header + 20);
        long needed = 0;
        for (int i = 0; i < U16(image, header + 6); i++)
            needed = Math.Max(needed, U32(image, sections + i * 40 + 16) + (long)U32(image, sections + i * 40 + 20));
        return needed > length ? $"is cut short: {length} bytes of at least {needed}" : null;
    }

    /// <summary>Mach-O: processor of a thin image; a universal one is left to the loader.</summary>
    private static string? Mach(ReadOnlySpan<byte> image, Architecture architecture)
    {
        uint magic = U32(image, 0);
        if (magic == 0xBEBAFECA) return null;
        if (magic != 0xFEEDFACF) return "is not a macOS library (no 64-bit Mach-O header)";
        uint machine = U32(image, 4), expected = architecture == Architecture.Arm64 ? 0x0100000Cu : 0x01000007u;
        return machine == expected ? null : Foreign(machine, machine switch { 0x01000007 => "x64", 0x0100000C => "Arm64", _ => null }, architecture);
    }

    private static string Foreign(uint machine, string? name, Architecture process) =>
        $"is built for {name ?? $"processor type {machine}"}, and this process is {process}";

    private static ushort U16(ReadOnlySpan<byte> b, int at) => BinaryPrimitives.ReadUInt16LittleEndian(b[at..]);

    private static uint U32(ReadOnlySpan<byte> b, int at) => BinaryPrimitives.ReadUInt32LittleEndian(b[at..]);

    private static ulong U64(ReadOnlySpan<byte> b, int at) => BinaryPrimitives.ReadUInt64LittleEndian(b[at..]);
}
