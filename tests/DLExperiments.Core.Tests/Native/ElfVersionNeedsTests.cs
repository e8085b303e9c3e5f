using System.Buffers.Binary;
using System.Text;
using DLExperiments.PackagePatch;

namespace DLExperiments.Tests.Native;

/// <summary>
/// The patch against TorchSharp's own library, read back by a parser of its own that goes by the dynamic segment (as
/// the system's loader does), while the patch goes by the sections.
/// </summary>
public class ElfVersionNeedsTests
{
    private const string Version = "GLIBCXX_3.4.32";

    private static byte[] Image() => File.ReadAllBytes(Path.Combine(NativeSetup.NativeFolder, "libLibTorchSharp.so"));

    /// <summary>The library as its makers ship it: the weak flag of the one need cleared again.</summary>
    private static byte[] Original()
    {
        byte[] image = Image();
        (_, _, int at) = Needs(image).Single(n => n.Name == Version);
        BinaryPrimitives.WriteUInt16LittleEndian(image.AsSpan(at + 4), 0);
        return image;
    }

    [LinuxFact]
    public void Library_in_the_module_asks_for_the_version_weakly_and_for_all_others_strictly()
    {
        Assert.Equal([Version], Needs(Image()).Where(n => n.Weak).Select(n => n.Name));
        Assert.True(Needs(Image()).Count > 10);
    }

    [LinuxFact]
    public void Patch_changes_the_flags_of_the_one_need_and_no_other_byte()
    {
        byte[] before = Original(), after = Original();
        Assert.Equal(1, ElfVersionNeeds.Weaken(after, Version));
        int at = Needs(before).Single(n => n.Name == Version).At;
        Assert.Equal([at + 4], Enumerable.Range(0, before.Length).Where(i => before[i] != after[i]));
        Assert.Equal(Image(), after);
    }

    [LinuxFact]
    public void Patching_twice_changes_nothing_the_second_time()
    {
        byte[] image = Original();
        Assert.Equal(1, ElfVersionNeeds.Weaken(image, Version));
        byte[] once = [.. image];
        Assert.Equal(0, ElfVersionNeeds.Weaken(image, Version));
        Assert.Equal(once, image);
    }

    [LinuxFact]
    public void Version_that_is_not_needed_changes_nothing()
    {
        byte[] image = Original();
        Assert.Equal(0, ElfVersionNeeds.Weaken(image, "GLIBCXX_7.7.77"));
        Assert.Equal(Original(), image);
    }

    [LinuxTheory]
    [InlineData(0)]
    [InlineData(3)]
    [InlineData(63)]
    [InlineData(64)]
    [InlineData(5000)]
    [InlineData(1_000_000)]
    public void Truncated_file_is_refused(int length) =>
        Assert.Throws<InvalidDataException>(() => ElfVersionNeeds.Weaken(Original()[..length], Version));

    [Fact]
    public void File_of_another_format_is_refused()
    {
        Assert.Throws<InvalidDataException>(() => ElfVersionNeeds.Weaken(new byte[4096], Version));
        byte[] elf32 = new byte[4096];
        "\u007fELF\u0001\u0001"u8.CopyTo(elf32);
        Assert.Throws<InvalidDataException>(() => ElfVersionNeeds.Weaken(elf32, Version));
    }

    [LinuxTheory]
    [InlineData(0x28, 0x7fffffffffffffffL)] // the section table lies nowhere
    [InlineData(0x28, 2_000_000_000L)]
    [InlineData(0x28, 3_000_000_000L)]
    public void Damaged_header_is_refused(int at, long value)
    {
        byte[] image = Original();
        BinaryPrimitives.WriteInt64LittleEndian(image.AsSpan(at), value);
        Assert.Throws<InvalidDataException>(() => ElfVersionNeeds.Weaken(image, Version));
    }

    [LinuxFact]
    public void Chain_of_needs_that_never_ends_is_refused()
    {
        byte[] image = Original();
        int first = Needs(image)[0].At - 16; // the verneed record precedes its first vernaux
        BinaryPrimitives.WriteUInt32LittleEndian(image.AsSpan(first + 12), 0xfffffff0); // back by 16 bytes, again and again
        Assert.Throws<InvalidDataException>(() => ElfVersionNeeds.Weaken(image, Version));
    }

    [LinuxFact]
    public void Tool_writes_the_patched_copy_aside_and_leaves_the_source_alone()
    {
        DirectoryInfo folder = Directory.CreateTempSubdirectory("dlx-patch-");
        try
        {
            string source = Path.Combine(folder.FullName, "a.so"), target = Path.Combine(folder.FullName, "sub", "b.so");
            File.WriteAllBytes(source, Original());
            ChildProcess.Result result = ChildProcess.Run(RunTool, null, source, target);
            Assert.Equal((0, ""), (result.ExitCode, result.Error));
            Assert.Equal(Original(), File.ReadAllBytes(source));
            Assert.Equal(Image(), File.ReadAllBytes(target));
            Assert.Equal(["b.so"], Directory.GetFiles(Path.GetDirectoryName(target)!).Select(Path.GetFileName));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static void RunTool(string source, string target) =>
        Assert.Equal(0, typeof(ElfVersionNeeds).Assembly.EntryPoint!.Invoke(null, [new[] { "version-needs", source, target, Version }]));

    /// <summary>Every vernaux entry: version, weak or not, file offset; found through PT_DYNAMIC, DT_VERNEED and DT_STRTAB.</summary>
    private static List<(string Name, bool Weak, int At)> Needs(byte[] b)
    {
        int U16(int at) => BinaryPrimitives.ReadUInt16LittleEndian(b.AsSpan(at));
        int U32(int at) => (int)BinaryPrimitives.ReadUInt32LittleEndian(b.AsSpan(at));
        int U64(int at) => (int)BinaryPrimitives.ReadUInt64LittleEndian(b.AsSpan(at));

        List<int> headers = [.. Enumerable.Range(0, U16(0x38)).Select(i => U64(0x20) + i * U16(0x36))];
        int Offset(int address)
        {
            int load = headers.First(h => U32(h) == 1 && address >= U64(h + 16) && address < U64(h + 16) + U64(h + 32));
            return address - U64(load + 16) + U64(load + 8);
        }

        int dynamic = headers.First(h => U32(h) == 2);
        Dictionary<int, int> tags = [];
        for (int at = U64(dynamic + 8); U64(at) != 0; at += 16) tags[U64(at)] = U64(at + 8);

        List<(string, bool, int)> needs = [];
        int need = Offset(tags[0x6ffffffe]), strings = Offset(tags[5]);
        for (int n = tags[0x6fffffff]; n > 0; n--, need += U32(need + 12))
        {
            for (int i = U16(need + 2), aux = need + U32(need + 8); i > 0; i--, aux += U32(aux + 12))
            {
                int name = strings + U32(aux + 8);
                needs.Add((Encoding.ASCII.GetString(b, name, Array.IndexOf(b, (byte)0, name) - name), (U16(aux + 4) & 2) != 0, aux));
            }
        }
        return needs;
    }
}
