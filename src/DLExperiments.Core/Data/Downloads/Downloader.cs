using System.Net;
using DLExperiments.Errors;

namespace DLExperiments.Data.Downloads;

/// <summary>
/// Fetches files: tries again when a transfer breaks off, goes on where it stopped, goes to the next address when one will not do, and puts a
/// file into its place only when it is whole and adds up.
/// </summary>
public sealed class Downloader : IDisposable
{
    private readonly DownloadSettings settings;
    private readonly Action<DownloadProgress>? progress;
    private readonly HttpClient client;

    /// <summary>Prepares to download.</summary>
    /// <param name="settings">How patiently.</param>
    /// <param name="progress">Told how far it is, on the calling thread and often; null for no one.</param>
    public Downloader(DownloadSettings settings, Action<DownloadProgress>? progress = null)
    {
        this.settings = settings;
        this.progress = progress;
        client = new HttpClient(new SocketsHttpHandler { ConnectTimeout = settings.Timeout, AutomaticDecompression = DecompressionMethods.None })
        {
            Timeout = Timeout.InfiniteTimeSpan, // the transfer has its own, which begins anew with every byte
        };
        client.DefaultRequestHeaders.UserAgent.ParseAdd("DLExperiments/1.0");
    }

    /// <summary>Fetches a file.</summary>
    /// <param name="file">The file.</param>
    /// <param name="addresses">Where it lies, in the order to try.</param>
    /// <param name="target">Where to put it; beside it, <c>.part</c> keeps what has come until it is whole.</param>
    /// <param name="cancellation">Stops the transfer; what has come is kept.</param>
    /// <exception cref="ExperimentException">
    /// DownloadFailed: no address gave the file; the message says for each why. ChecksumMismatch: the last that came was another file.
    /// </exception>
    public void Download(RemoteFile file, IReadOnlyList<string> addresses, string target, CancellationToken cancellation)
    {
        var failures = new List<string>();
        string part = target + ".part";
        bool isWrong = false;
        var transfer = new FileTransfer(client, settings.Timeout, file, part, progress);
        foreach (string address in addresses)
        {
            long best = LengthOf(part);
            for (int tries = 0; ; tries++)
            {
                try
                {
                    bool mixed = transfer.Fetch(address, cancellation);
                    Verify(file, part, mixed, cancellation);
                    File.Move(part, target, overwrite: true);
                    transfer.Discard();
                    return;
                }
                catch (TransferException failure)
                {
                    isWrong = failure.IsWrong;
                    if (isWrong) transfer.Discard(); // of no use to the next try either
                    if (LengthOf(part) > best) (best, tries) = (LengthOf(part), -1);
                    if (!failure.MayPass || tries >= settings.Retries)
                    {
                        failures.Add($"{address}: {failure.Message}.");
                        break;
                    }
                    Wait(failure.Wait, Math.Max(tries, 0), file, failure.Message, cancellation);
                }
            }
        }
        throw new ExperimentException(isWrong ? "ChecksumMismatch" : "DownloadFailed", isWrong ? ErrorKind.InvalidData : ErrorKind.Io,
            $"'{file.Name}' could not be fetched. {string.Join(" ", failures)}", file.Name);
    }

    /// <inheritdoc/>
    public void Dispose() => client.Dispose();

    private static void Verify(RemoteFile file, string path, bool mixed, CancellationToken cancellation)
    {
        if (file.Checksum is not { } wanted) return;
        string found = wanted.Of(path, cancellation);
        if (found != wanted.Value)
            throw new TransferException($"what came is another file, or damaged: its {wanted.Algorithm.Name} is {found} instead of {wanted.Value}", mayPass: mixed) { IsWrong = true };
    }

    private void Wait(TimeSpan? asked, int tries, RemoteFile file, string why, CancellationToken cancellation)
    {
        TimeSpan own = settings.RetryInterval * Math.Pow(2, tries), wait = asked is { } longer && longer > own ? longer : own;
        if (wait > settings.LongestWait) wait = settings.LongestWait;
        progress?.Invoke(new DownloadProgress(file.Name, $"{why}; trying again"));
        cancellation.WaitHandle.WaitOne(wait);
        cancellation.ThrowIfCancellationRequested();
    }

    private static long LengthOf(string path) => File.Exists(path) ? new FileInfo(path).Length : 0;
}
