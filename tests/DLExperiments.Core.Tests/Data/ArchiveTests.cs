using System.Formats.Tar;
using System.IO.Compression;
using DLExperiments.Data.Downloads;
using DLExperiments.Errors;

namespace DLExperiments.Tests.Data;

public sealed class ArchiveTests : IDisposable
{
    private readonly TempFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData("a.zip")]
    [InlineData("a.tar")]
    [InlineData("a.tar.gz")]
    public void MembersAreUnpackedWithTheirFolders(string name)
    {
        string archive = name.EndsWith("zip", StringComparison.Ordinal) ? Zip(name, ("d/x.txt", "one"), ("y.txt", "two")) : Tar(name, ("d/x.txt", "one"), ("y.txt", "two"));
        ArchiveExtractor.Extract(archive, Path.Combine(folder.Root, "out"));
        Assert.Equal("one", File.ReadAllText(Path.Combine(folder.Root, "out", "d", "x.txt")));
        Assert.Equal("two", File.ReadAllText(Path.Combine(folder.Root, "out", "y.txt")));
        ArchiveExtractor.Extract(archive, Path.Combine(folder.Root, "some"), wanted: m => m.StartsWith('d'));
        Assert.False(File.Exists(Path.Combine(folder.Root, "some", "y.txt")));
    }

    [Theory]
    [InlineData("../climbed.txt")]
    [InlineData("ok/../../climbed.txt")]
    [InlineData("/tmp/climbed.txt")]
    [InlineData(@"..\climbed.txt")]
    [InlineData(@"C:\climbed.txt")]
    public void MembersThatClimbOutAreRefused(string member)
    {
        foreach (string archive in new[] { Zip("bad.zip", ("first.txt", "fine"), (member, "bad")), Tar("bad.tar.gz", ("first.txt", "fine"), (member, "bad")) })
        {
            ExperimentException error = Refused(archive);
            Assert.Contains($"'{member}' would land outside its folder", error.Message);
        }
        Assert.Empty(Directory.EnumerateFiles(folder.Root, "climbed*", SearchOption.AllDirectories));
    }

    [Theory]
    [InlineData(TarEntryType.SymbolicLink)]
    [InlineData(TarEntryType.HardLink)]
    public void LinksInATarAreRefused(TarEntryType type)
    {
        string path = Path.Combine(folder.Root, "link.tar");
        using (var tar = new TarWriter(File.Create(path))) tar.WriteEntry(new PaxTarEntry(type, "link") { LinkName = "/etc/passwd" });
        Assert.Contains("'link' is a link", Refused(path).Message);
    }

    [Fact]
    public void DevicesInATarAreRefused()
    {
        string path = Path.Combine(folder.Root, "pipe.tar");
        using (var tar = new TarWriter(File.Create(path))) tar.WriteEntry(new PaxTarEntry(TarEntryType.Fifo, "pipe"));
        Assert.Contains("'pipe' is no file (Fifo)", Refused(path).Message);
    }

    [Fact]
    public void LinksInAZipAreRefused()
    {
        string path = Path.Combine(folder.Root, "link.zip");
        using (var zip = new ZipArchive(File.Create(path), ZipArchiveMode.Create)) zip.CreateEntry("link").ExternalAttributes = unchecked((int)0xA1FF0000);
        Assert.Contains("'link' is a link", Refused(path).Message);
    }

    [Fact]
    public void ABombIsStoppedAtItsLimit()
    {
        string archive = Zip("bomb.zip", ("zeros", new string('0', 1_000_000)));
        Assert.Contains("beyond the size", Assert.Throws<ExperimentException>(() => ArchiveExtractor.Extract(archive, Path.Combine(folder.Root, "out"), limit: 100_000)).Message);
        Assert.False(Directory.Exists(Path.Combine(folder.Root, "out")));
    }

    [Theory]
    [InlineData("cut.zip")]
    [InlineData("cut.tar.gz")]
    public void ADamagedArchiveLeavesNothing(string name)
    {
        string text = string.Concat(Enumerable.Range(0, 20_000));
        string archive = name.EndsWith("zip", StringComparison.Ordinal) ? Zip(name, ("x", text)) : Tar(name, ("x", text));
        byte[] whole = File.ReadAllBytes(archive);
        File.WriteAllBytes(archive, whole[..(whole.Length / 2)]);
        Assert.Equal("DamagedArchive", Assert.Throws<ExperimentException>(() => ArchiveExtractor.Extract(archive, Path.Combine(folder.Root, "out"))).ErrorId);
        Assert.Empty(Directory.EnumerateDirectories(folder.Root));
    }

    private ExperimentException Refused(string archive)
    {
        ExperimentException error = Assert.Throws<ExperimentException>(() => ArchiveExtractor.Extract(archive, Path.Combine(folder.Root, "out")));
        Assert.Equal("UnsafeArchive", error.ErrorId);
        Assert.Empty(Directory.EnumerateDirectories(folder.Root)); // not even the member before it
        return error;
    }

    private string Zip(string name, params (string Name, string Text)[] members)
    {
        string path = Path.Combine(folder.Root, name);
        using var zip = new ZipArchive(File.Create(path), ZipArchiveMode.Create);
        foreach ((string member, string text) in members)
        {
            using var writer = new StreamWriter(zip.CreateEntry(member).Open());
            writer.Write(text);
        }
        return path;
    }

    private string Tar(string name, params (string Name, string Text)[] members)
    {
        string path = Path.Combine(folder.Root, name);
        using Stream file = File.Create(path), packed = name.EndsWith("gz", StringComparison.Ordinal) ? new GZipStream(file, CompressionLevel.Fastest) : file;
        using var tar = new TarWriter(packed);
        foreach ((string member, string text) in members)
            tar.WriteEntry(new PaxTarEntry(TarEntryType.RegularFile, member) { DataStream = new MemoryStream(System.Text.Encoding.UTF8.GetBytes(text)) });
        return path;
    }
}
