using System.Security.Cryptography;
using DLExperiments.Data.Downloads;
using DLExperiments.Errors;

namespace DLExperiments.Tests.Data;

public sealed class DownloadTests : IDisposable
{
    private static readonly byte[] Content = MakeContent(300_000);
    private static readonly DownloadSettings Quick = new() { Timeout = TimeSpan.FromSeconds(2), RetryInterval = TimeSpan.FromMilliseconds(1), Retries = 2 };

    private readonly TempFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void AFileComesWithProgressAndLeavesNothingElse()
    {
        using var server = new FaultyServer(_ => new FaultyServer.Reply(Content));
        var seen = new List<DownloadProgress>();
        Fetch(server, seen.Add);
        Assert.Equal(["f.bin"], Directory.EnumerateFiles(folder.Root).Select(Path.GetFileName));
        Assert.Equal((300_000, 300_000L), (seen[^1].Received, seen[^1].Total));
        Assert.True(seen.Zip(seen.Skip(1)).All(p => p.First.Received < p.Second.Received));
    }

    [Theory]
    [InlineData(true, true)]   // a range request goes on, guarded by the entity tag
    [InlineData(true, false)]  // without one the checksum guards
    [InlineData(false, true)]  // a server that knows no ranges sends all again
    public void ATransferCutAt99PercentGoesOn(bool ranges, bool tagged)
    {
        using var server = new FaultyServer(r => new FaultyServer.Reply(Content)
        {
            Cut = r.Number == 1 ? 297_000 : int.MaxValue, HonoursRanges = ranges, Headers = tagged ? "ETag: \"v1\"\r\n" : "",
        });
        Fetch(server);
        Assert.Equal(["/f.bin", "/f.bin from 297000"], server.Requests);
    }

    [Fact]
    public void AServerThatAlwaysBreaksOffButGetsFurtherIsNotGivenUp()
    {
        // Ten pieces, though only two failures in a row are borne.
        using var server = new FaultyServer(_ => new FaultyServer.Reply(Content) { Cut = 30_000 });
        Fetch(server);
        Assert.Equal(10, server.Requests.Length);
    }

    [Fact]
    public void ADownloadThatWasCutOffGoesOnInTheNextSession()
    {
        using (var server = new FaultyServer(_ => new FaultyServer.Reply(Content) { Cut = 200_000, HonoursRanges = false }))
        {
            ExperimentException error = Fails("DownloadFailed", server);
            Assert.Contains("broke off after 200,000 of 300,000 bytes", error.Message);
            Assert.Equal(4, server.Requests.Length); // one that got further, then three in a row that did not
        }
        using var next = new FaultyServer(_ => new FaultyServer.Reply(Content));
        Fetch(next);
        Assert.Equal(["/f.bin from 200000"], next.Requests);
    }

    [Fact]
    public void AServerThatFallsSilentIsLeftAndAskedForTheRest()
    {
        using var server = new FaultyServer(r => new FaultyServer.Reply(Content) { Cut = r.Number == 1 ? 100_000 : int.MaxValue, Stalls = r.Number == 1 });
        Fetch(server);
        Assert.Equal(["/f.bin", "/f.bin from 100000"], server.Requests);
    }

    [Fact]
    public void AServerThatNeverAnswersIsNamedWithItsSilence()
    {
        using var silent = new System.Net.Sockets.Socket(System.Net.Sockets.SocketType.Stream, System.Net.Sockets.ProtocolType.Tcp);
        silent.Bind(new System.Net.IPEndPoint(System.Net.IPAddress.Loopback, 0));
        silent.Listen();
        string address = $"http://{silent.LocalEndPoint}/f.bin";
        Assert.Contains($"{address}: the server did not answer for 0.5 s", Fails("DownloadFailed", Quick with { Retries = 0, Timeout = TimeSpan.FromSeconds(0.5) }, address).Message);
    }

    [Fact]
    public void AServerThatIsBusyIsAskedAgain()
    {
        using var server = new FaultyServer(r => new FaultyServer.Reply(r.Number == 1 ? [] : Content) { Status = r.Number == 1 ? 503 : 200, Headers = r.Number == 1 ? "Retry-After: 0\r\n" : "" });
        Fetch(server);
        Assert.Equal(2, server.Requests.Length);
    }

    [Fact]
    public void AnAddressWithoutTheFileGivesWayToTheNextAtOnce()
    {
        using var without = new FaultyServer(_ => new FaultyServer.Reply("none"u8.ToArray()) { Status = 404 });
        using var with = new FaultyServer(_ => new FaultyServer.Reply(Content));
        Fetch([$"{without.Address}/f.bin", $"{with.Address}/f.bin"]);
        Assert.Single(without.Requests);
        Assert.Contains("the server says 404", Fails("DownloadFailed", without).Message);
    }

    [Fact]
    public void OtherBytesAreRefusedAndNotFetchedAgain()
    {
        using var server = new FaultyServer(_ => new FaultyServer.Reply(MakeContent(1000)));
        ExperimentException error = Fails("ChecksumMismatch", server);
        Assert.Contains(Convert.ToHexString(SHA256.HashData(MakeContent(1000))), error.Message, StringComparison.OrdinalIgnoreCase);
        Assert.Single(server.Requests);
        Assert.Empty(Directory.EnumerateFiles(folder.Root));
    }

    [Theory]
    [InlineData(299_000)] // less than there is: the rest is never seen
    [InlineData(301_000)] // more than there is: the end is missed
    public void AServerThatLiesAboutTheLengthIsFoundOut(long claim)
    {
        using var server = new FaultyServer(r => new FaultyServer.Reply(Content) { Claim = r.Number == 1 ? claim : null, HonoursRanges = false });
        if (claim > Content.Length) Fetch(server);
        else Assert.Contains("damaged", Fails("ChecksumMismatch", server).Message);
    }

    [Fact]
    public void AMixtureOfTwoVersionsIsFetchedAnew()
    {
        // The first half is of another file; only the checksum can tell.
        byte[] other = Content[..150_000];
        Array.Reverse(other);
        File.WriteAllBytes(Path.Combine(folder.Root, "f.bin.part"), other);
        using var server = new FaultyServer(_ => new FaultyServer.Reply(Content));
        Fetch(server);
        Assert.Equal(["/f.bin from 150000", "/f.bin"], server.Requests);
    }

    [Fact]
    public void AFileThatBecameShorterIsFetchedAnew()
    {
        File.WriteAllBytes(Path.Combine(folder.Root, "f.bin.part"), new byte[400_000]);
        using var server = new FaultyServer(_ => new FaultyServer.Reply(Content));
        Fetch(server);
        Assert.Equal(["/f.bin from 400000", "/f.bin"], server.Requests);
    }

    [Fact]
    public void WithoutChecksumOnlyTheSameVersionIsContinued()
    {
        var file = new RemoteFile("f.bin", 0, null);
        File.WriteAllBytes(Path.Combine(folder.Root, "f.bin.part"), Content[..100]);
        using var server = new FaultyServer(r => new FaultyServer.Reply(Content) { Cut = r.Number == 1 ? 200_000 : int.MaxValue, Headers = "ETag: \"v1\"\r\n" });
        using var downloader = new Downloader(Quick);
        string target = Path.Combine(folder.Root, "f.bin");
        downloader.Download(file, [$"{server.Address}/f.bin"], target, default);
        Assert.Equal(Content, File.ReadAllBytes(target));
        Assert.Equal(["/f.bin", "/f.bin from 200000"], server.Requests); // what lay there from nowhere was not trusted
    }

    [Fact]
    public void NobodyAtTheAddressIsSaid()
    {
        int port;
        using (var gone = new FaultyServer(_ => new FaultyServer.Reply(Content))) port = new Uri(gone.Address).Port;
        Assert.Contains($"http://127.0.0.1:{port}/f.bin: ", Fails("DownloadFailed", Quick, $"http://127.0.0.1:{port}/f.bin").Message);
    }

    [Fact]
    public void FilesOfAFolderAreCopied()
    {
        Fetch([folder.Write("mirror/f.bin", Content)]);
        Assert.Contains("there is no such file", Fails("DownloadFailed", Quick, Path.Combine(folder.Root, "none")).Message);
    }

    [Fact]
    public void CancellingKeepsWhatCame()
    {
        using var server = new FaultyServer(_ => new FaultyServer.Reply(Content) { Cut = 200_000, Stalls = true });
        using var stop = new CancellationTokenSource();
        using var downloader = new Downloader(Quick with { Timeout = TimeSpan.FromMinutes(1) }, p => { if (p.Received == 200_000) stop.Cancel(); });
        Assert.ThrowsAny<OperationCanceledException>(() => downloader.Download(Wanted(), [$"{server.Address}/f.bin"], Path.Combine(folder.Root, "f.bin"), stop.Token));
        Assert.Equal(200_000, new FileInfo(Path.Combine(folder.Root, "f.bin.part")).Length);
    }

    private static RemoteFile Wanted() => new("f.bin", Content.Length, Checksum.SHA256(Convert.ToHexString(SHA256.HashData(Content)).ToLowerInvariant()));

    private static byte[] MakeContent(int length)
    {
        byte[] bytes = new byte[length];
        new Random(length).NextBytes(bytes);
        return bytes;
    }

    private void Fetch(FaultyServer server, Action<DownloadProgress>? progress = null) => Fetch([$"{server.Address}/f.bin"], progress);

    private void Fetch(string[] addresses, Action<DownloadProgress>? progress = null)
    {
        using var downloader = new Downloader(Quick, progress);
        string target = Path.Combine(folder.Root, "f.bin");
        downloader.Download(Wanted(), addresses, target, default);
        Assert.Equal(Content, File.ReadAllBytes(target));
        Assert.False(File.Exists(target + ".part") || File.Exists(target + ".part.version"));
    }

    private ExperimentException Fails(string id, FaultyServer server) => Fails(id, Quick, $"{server.Address}/f.bin");

    private ExperimentException Fails(string id, DownloadSettings settings, string address)
    {
        using var downloader = new Downloader(settings);
        ExperimentException error = Assert.Throws<ExperimentException>(() => downloader.Download(Wanted(), [address], Path.Combine(folder.Root, "f.bin"), default));
        Assert.Equal(id, error.ErrorId);
        return error;
    }
}
