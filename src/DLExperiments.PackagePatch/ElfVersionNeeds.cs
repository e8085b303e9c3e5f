using System.Buffers.Binary;
using System.Text;

namespace DLExperiments.PackagePatch;

/// <summary>
/// Edits the version needs of a 64-bit little-endian ELF library. TorchSharp's Linux library asks for GLIBCXX_3.4.32
/// because of one symbol that nothing calls; marking that need as weak (VER_FLG_WEAK, two bytes) lets systems with an
/// older C++ runtime load it, and changes nothing on newer ones.
/// </summary>
public static class ElfVersionNeeds
{
    private const uint SectionTypeVersionNeed = 0x6ffffffe; // SHT_GNU_verneed
    private const ushort WeakFlag = 2; // VER_FLG_WEAK

    /// <summary>Marks every need for the given version as weak.</summary>
    /// <param name="image">The bytes of the library; edited in place.</param>
    /// <param name="version">The version's name, for example <c>GLIBCXX_3.4.32</c>.</param>
    /// <returns>How many needs were changed: 0 when there is none or all are weak already.</returns>
    /// <exception cref="InvalidDataException">The image is not a 64-bit little-endian ELF file, or is cut short.</exception>
    public static int Weaken(Span<byte> image, string version)
    {
        if (image.Length < 64 || !image[..4].SequenceEqual("\u007fELF"u8) || image[4] != 2 || image[5] != 1)
            throw new InvalidDataException("not a 64-bit little-endian ELF file");
        try
        {
            return WeakenSections(image, version);
        }
        catch (Exception e) when (e is ArgumentOutOfRangeException or OverflowException)
        {
            throw new InvalidDataException("the ELF file is cut short or damaged", e);
        }
    }

    private static int WeakenSections(Span<byte> image, string version)
    {
        int changed = 0, table = Offset(U64(image, 0x28)), size = U16(image, 0x3A), count = U16(image, 0x3C);
        for (int s = 0; s < count; s++)
        {
            int section = table + s * size;
            if (U32(image, section + 4) != SectionTypeVersionNeed) continue;
            int strings = Offset(U64(image, table + Offset(U32(image, section + 40)) * size + 24));
            int need = Offset(U64(image, section + 24));
            for (uint needs = U32(image, section + 44); needs > 0; needs--)
            {
                int aux = need + Offset(U32(image, need + 8));
                for (int entries = U16(image, need + 2); entries > 0; entries--)
                {
                    ushort flags = U16(image, aux + 4);
                    if ((flags & WeakFlag) == 0 && Name(image, strings + Offset(U32(image, aux + 8))) == version)
                    {
                        BinaryPrimitives.WriteUInt16LittleEndian(image[(aux + 4)..], (ushort)(flags | WeakFlag));
                        changed++;
                    }
                    aux += Offset(U32(image, aux + 12));
                }
                need += Offset(U32(image, need + 12));
            }
        }
        return changed;
    }

    /// <summary>A place within the image; a damaged file may hold any number.</summary>
    private static int Offset(ulong value) => checked((int)value);

    private static ushort U16(ReadOnlySpan<byte> b, int at) => BinaryPrimitives.ReadUInt16LittleEndian(b[at..]);

    private static uint U32(ReadOnlySpan<byte> b, int at) => BinaryPrimitives.ReadUInt32LittleEndian(b[at..]);

    private static ulong U64(ReadOnlySpan<byte> b, int at) => BinaryPrimitives.ReadUInt64LittleEndian(b[at..]);

    private static string Name(ReadOnlySpan<byte> b, int at)
    {
        ReadOnlySpan<byte> rest = b[at..];
        return Encoding.ASCII.GetString(rest[..rest.IndexOf((byte)0)]);
    }
}
