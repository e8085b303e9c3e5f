using System.IO.Compression;
using System.Security.Cryptography;
using DLExperiments.Catalogues;
using DLExperiments.Data;
using DLExperiments.Data.Downloads;
using DLExperiments.Data.Named;
using DLExperiments.Errors;
using DLExperiments.Networks;

namespace DLExperiments.Tests.Data;

public sealed class DataCacheTests : IDisposable
{
    private static readonly byte[] Content = [.. Enumerable.Range(0, 300_000).Select(i => (byte)(i * 7 % 251))];
    private static readonly DownloadSettings Quick = new() { Timeout = TimeSpan.FromSeconds(20), RetryInterval = TimeSpan.FromMilliseconds(1), Retries = 1 };

    private readonly TempFolder folder = new();

    static DataCacheTests() => Catalogue<NamedDataset>.Default.Register(typeof(DataCacheTests).Assembly);

    public void Dispose() => folder.Dispose();

    [Fact]
    public void AFileIsFetchedOnce()
    {
        using var server = new FaultyServer(_ => new FaultyServer.Reply(Content));
        BytesDataset set = Bytes(server);
        var cache = new DataCache(folder.Root);
        Assert.False(cache.Holds(set));
        Assert.Equal(Path.Combine(folder.Root, "Bytes"), cache.Ensure(set, Quick));
        cache.Ensure(set, Quick);
        Assert.True(cache.Holds(set));
        Assert.Equal(["/data.bin"], server.Requests);
        cache.Ensure(set, Quick, force: true);
        Assert.Equal(2, server.Requests.Length);
        Assert.Equal(Content, File.ReadAllBytes(Path.Combine(folder.Root, "Bytes", "data.bin")));
    }

    [Fact]
    public void TwoProcessesFetchOnce()
    {
        using var server = new FaultyServer(_ => new FaultyServer.Reply(Content));
        using var first = ChildProcess.Start(EnsureInChild, server.Address, folder.Root);
        using var second = ChildProcess.Start(EnsureInChild, server.Address, folder.Root);
        first.WaitForExit();
        second.WaitForExit();
        Assert.Equal((0, 0), (first.ExitCode, second.ExitCode));
        Assert.Equal(["/data.bin"], server.Requests);
    }

    [Fact]
    public void AKilledProcessLeavesNoLockAndItsBytes()
    {
        using var server = new FaultyServer(r => new FaultyServer.Reply(Content) { Cut = r.Number == 1 ? 200_000 : int.MaxValue, Stalls = r.Number == 1 });
        using (var child = ChildProcess.Start(EnsureInChild, server.Address, folder.Root))
        {
            string part = Path.Combine(folder.Root, "Bytes", "data.bin.part");
            Assert.True(SpinWait.SpinUntil(() => File.Exists(part) && new FileInfo(part).Length == 200_000, TimeSpan.FromSeconds(20)));
            child.Kill();
            child.WaitForExit();
        }
        new DataCache(folder.Root).Ensure(Bytes(server), Quick);
        Assert.Equal(["/data.bin", "/data.bin from 200000"], server.Requests);
    }

    internal static void EnsureInChild(string address, string root) => new DataCache(root).Ensure(Bytes(address), Quick);

    [Fact]
    public void FilesPutThereByHandAreVerifiedAndTaken()
    {
        using var server = new FaultyServer(_ => new FaultyServer.Reply(Content));
        folder.Write("Bytes/data.bin", Content);
        new DataCache(folder.Root).Ensure(Bytes(server), Quick);
        Assert.Empty(server.Requests);
        folder.Write("Bytes/data.bin", Content[..100]);
        ExperimentException error = Assert.Throws<ExperimentException>(() => new DataCache(folder.Root).Ensure(Bytes(server), Quick));
        Assert.Equal("ChecksumMismatch", error.ErrorId);
        Assert.Contains(Path.Combine(folder.Root, "Bytes", "data.bin"), error.Message);
        Assert.Contains("-Force", error.Message);
    }

    [Fact]
    public void WithoutAConnectionTheWayOutIsSaid()
    {
        using var server = new FaultyServer(_ => new FaultyServer.Reply([]) { Status = 404 });
        ExperimentException error = Assert.Throws<ExperimentException>(() => new DataCache(folder.Root).Ensure(Bytes(server), Quick));
        Assert.Equal("DatasetUnavailable", error.ErrorId);
        foreach (string part in new[] { $"fetch {server.Address}/data.bin elsewhere", $"put it into '{Path.Combine(folder.Root, "Bytes")}'", "-Mirror", "404" }) Assert.Contains(part, error.Message);
    }

    [Fact]
    public void MirrorsTakeThePlaceOfTheAddresses()
    {
        using var server = new FaultyServer(_ => new FaultyServer.Reply(Content));
        using var original = new FaultyServer(_ => new FaultyServer.Reply([]) { Status = 404 });
        new DataCache(folder.Root).Ensure(Bytes(original), Quick with { Mirrors = [Path.Combine(folder.Root, "none"), server.Address + "/"] });
        Assert.Equal(["/Bytes/data.bin"], server.Requests);
        Assert.Empty(original.Requests);
    }

    [Fact]
    public void AnArchiveIsUnpackedAndNeededNoLonger()
    {
        byte[] zip;
        using (var memory = new MemoryStream())
        {
            using (var archive = new ZipArchive(memory, ZipArchiveMode.Create, leaveOpen: true))
            using (var writer = new StreamWriter(archive.CreateEntry("d/x.txt").Open())) writer.Write("one");
            zip = memory.ToArray();
        }
        using var server = new FaultyServer(_ => new FaultyServer.Reply(zip));
        var set = new BytesDataset { Set = [new("data.zip", zip.Length, Checksum.SHA256(Convert.ToHexString(SHA256.HashData(zip)).ToLowerInvariant()), $"{server.Address}/data.zip")] };
        folder.Write("Bytes/unpacked.tmp.1/half.txt", "half"); // of a process that was killed
        var cache = new DataCache(folder.Root);
        string unpacked = cache.Ensure(set, Quick);
        Assert.Equal("one", File.ReadAllText(Path.Combine(unpacked, "d", "x.txt")));
        Assert.Equal(["unpacked"], Directory.EnumerateDirectories(Path.Combine(folder.Root, "Bytes")).Select(Path.GetFileName));
        File.Delete(Path.Combine(folder.Root, "Bytes", "data.zip"));
        Assert.True(cache.Holds(set));
        cache.Ensure(set, Quick);
        Assert.Single(server.Requests);
    }

    private static BytesDataset Bytes(FaultyServer server) => Bytes(server.Address);

    private static BytesDataset Bytes(string address) =>
        new() { Set = [new("data.bin", Content.Length, Checksum.SHA256(Convert.ToHexString(SHA256.HashData(Content)).ToLowerInvariant()), $"{address}/data.bin")] };
}

/// <summary>A data set of whatever files a test names.</summary>
[CatalogueEntry("Bytes")]
internal sealed class BytesDataset : NamedDataset
{
    internal IReadOnlyList<RemoteFile> Set { get; init; } = [];

    public override string Task => "test";

    public override int Rows => 1;

    public override string Source => "test";

    public override string License => "test";

    public override IReadOnlyList<RemoteFile> Files => Set;

    public override Dataset Load(string folder, Action<string>? warn = null, CancellationToken cancellation = default) =>
        Dataset.Create(Name, [new ByteColumn("Bytes", new Shape(), File.ReadAllBytes(Path.Combine(folder, "data.bin")))], []);
}
