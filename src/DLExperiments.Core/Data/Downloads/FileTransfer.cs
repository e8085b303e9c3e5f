using System.Globalization;
using System.Net;
using System.Net.Http.Headers;

namespace DLExperiments.Data.Downloads;

/// <summary>
/// One try to fetch a file into a partial file beside its place, going on where an earlier try broke off: with a range request that holds
/// only for the same version of the file, where the server knows versions. Speaks HTTP(S), and copies from folders.
/// </summary>
internal sealed class FileTransfer
{
    private readonly HttpClient client;
    private readonly TimeSpan timeout;
    private readonly RemoteFile file;
    private readonly string part;
    private readonly Action<DownloadProgress>? progress;

    internal FileTransfer(HttpClient client, TimeSpan timeout, RemoteFile file, string part, Action<DownloadProgress>? progress) =>
        (this.client, this.timeout, this.file, this.part, this.progress) = (client, timeout, file, part, progress);

    /// <summary>Beside the partial file: where it came from and which version it was.</summary>
    private string VersionPath => part + ".version";

    /// <summary>Fetches all that is missing.</summary>
    /// <returns>True when it went on where an earlier try had broken off, so that the file may be a mixture of versions.</returns>
    /// <exception cref="TransferException">The try failed; what came is kept for the next.</exception>
    internal bool Fetch(string address, CancellationToken cancellation)
    {
        if (!Uri.TryCreate(address, UriKind.Absolute, out Uri? uri) || uri.IsFile)
        {
            CopyFrom(uri?.LocalPath ?? Path.GetFullPath(address), cancellation);
            return false;
        }
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        string doing = "the server did not answer";
        try
        {
            (long have, string? version) = Resume(address);
            using var request = new HttpRequestMessage(HttpMethod.Get, uri);
            if (have > 0) request.Headers.Range = new RangeHeaderValue(have, null);
            if (have > 0 && version is not null) request.Headers.TryAddWithoutValidation("If-Range", version);
            patience.CancelAfter(timeout);
            using HttpResponseMessage response = client.Send(request, HttpCompletionOption.ResponseHeadersRead, patience.Token);
            doing = "the server fell silent";
            return Receive(response, address, have, patience);
        }
        catch (OperationCanceledException e) when (!cancellation.IsCancellationRequested)
        {
            throw new TransferException(string.Create(CultureInfo.InvariantCulture, $"{doing} for {timeout.TotalSeconds:0.#} s"), true, e);
        }
        catch (HttpRequestException e)
        {
            throw new TransferException(e.InnerException?.Message ?? e.Message, e.HttpRequestError != HttpRequestError.NameResolutionError, e);
        }
        catch (HttpIOException e)
        {
            throw BrokeOff(null, e);
        }
    }

    /// <summary>Forgets what came so far.</summary>
    internal void Discard()
    {
        File.Delete(part);
        File.Delete(VersionPath);
    }

    /// <summary>How much may be kept: all with a checksum, which finds a mixture out; else only what surely is of the same version.</summary>
    private (long Have, string? Version) Resume(string address)
    {
        long have = File.Exists(part) ? new FileInfo(part).Length : 0;
        if (have == 0) return (0, null);
        string[] lines = File.Exists(VersionPath) ? File.ReadAllLines(VersionPath) : [];
        string? version = lines is [var from, { Length: > 0 } tag] && from == address ? tag : null;
        return version is not null || file.Checksum is not null ? (have, version) : (0, null);
    }

    private bool Receive(HttpResponseMessage response, string address, long have, CancellationTokenSource patience)
    {
        HttpStatusCode status = response.StatusCode;
        if (status == HttpStatusCode.RequestedRangeNotSatisfiable)
        {
            Discard();
            throw new TransferException("the server has another file than before; beginning again", true);
        }
        if (!response.IsSuccessStatusCode)
            throw new TransferException($"the server says {(int)status} {response.ReasonPhrase}", (int)status is 408 or 425 or 429 or >= 500)
            {
                Wait = response.Headers.RetryAfter?.Delta ?? (response.Headers.RetryAfter?.Date - DateTimeOffset.UtcNow),
            };
        ContentRangeHeaderValue? range = response.Content.Headers.ContentRange;
        // A server that knows no ranges sends the whole file: begin again.
        bool goesOn = status == HttpStatusCode.PartialContent && range?.From == have;
        if (status == HttpStatusCode.PartialContent && !goesOn)
        {
            Discard();
            throw new TransferException("the server sent another part than was asked for; beginning again", true);
        }
        long? total = goesOn ? range!.Length : response.Content.Headers.ContentLength;
        File.WriteAllLines(VersionPath, [address, VersionOf(response)]);
        using Stream source = response.Content.ReadAsStream(patience.Token);
        long received = Copy(source, goesOn ? have : 0, total, patience);
        return total is not { } whole || received == whole ? goesOn : throw BrokeOff(whole, null);
    }

    /// <summary>What names the version of the file: a strong entity tag, else the date of its last change.</summary>
    private static string VersionOf(HttpResponseMessage response) =>
        response.Headers.ETag is { IsWeak: false } tag ? tag.Tag
        : response.Content.Headers.LastModified is { } date ? date.ToString("R", CultureInfo.InvariantCulture)
        : "";

    private long Copy(Stream source, long have, long? total, CancellationTokenSource patience)
    {
        using var target = new FileStream(part, FileMode.OpenOrCreate, FileAccess.Write, FileShare.None);
        target.SetLength(have);
        target.Seek(0, SeekOrigin.End);
        byte[] buffer = new byte[1 << 16];
        while (true)
        {
            patience.CancelAfter(timeout);
            int count = Read(source, buffer, total, patience.Token);
            if (count == 0) break;
            target.Write(buffer, 0, count);
            progress?.Invoke(new DownloadProgress(file.Name, "downloading", target.Length, total ?? (file.Bytes > 0 ? file.Bytes : null)));
        }
        target.Flush(flushToDisk: true);
        return target.Length;
    }

    private int Read(Stream source, byte[] buffer, long? total, CancellationToken patience)
    {
        try
        {
            // The pipeline's thread waits here; only the asynchronous read can be given up when the server falls silent.
            return source.ReadAsync(buffer.AsMemory(), patience).AsTask().GetAwaiter().GetResult();
        }
        catch (IOException e)
        {
            throw BrokeOff(total, e);
        }
    }

    private void CopyFrom(string path, CancellationToken cancellation)
    {
        if (!File.Exists(path)) throw new TransferException("there is no such file", false);
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        using FileStream source = File.OpenRead(path);
        Copy(source, 0, source.Length, patience);
    }

    private TransferException BrokeOff(long? total, Exception? inner) =>
        new(string.Create(CultureInfo.InvariantCulture, $"the connection broke off after {(File.Exists(part) ? new FileInfo(part).Length : 0):N0}{(total is { } t ? $" of {t:N0}" : "")} bytes"), true, inner);
}
