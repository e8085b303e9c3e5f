using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace DLExperiments.Tests.Data;

/// <summary>An HTTP server on this machine that serves one file as well or as badly as it is told.</summary>
internal sealed class FaultyServer : IDisposable
{
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource stopping = new();
    private readonly ConcurrentQueue<string> requests = [];
    private readonly Func<Request, Reply> reply;

    internal FaultyServer(Func<Request, Reply> reply)
    {
        this.reply = reply;
        listener.Start();
        _ = Accept();
    }

    /// <summary>What was asked, from what byte on; null for the whole.</summary>
    internal sealed record Request(int Number, string Path, long? From, string? IfRange);

    /// <summary>What to answer; the body from <c>From</c> on, cut after <c>Cut</c> bytes, then silence when it stalls.</summary>
    internal sealed record Reply(byte[] Body)
    {
        internal int Status { get; init; } = 200;

        internal bool HonoursRanges { get; init; } = true;

        internal long? Claim { get; init; }

        internal int Cut { get; init; } = int.MaxValue;

        internal bool Stalls { get; init; }

        internal string Headers { get; init; } = "";
    }

    internal string Address => $"http://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}";

    /// <summary>The requests in their order: path, and the range when one was asked for.</summary>
    internal string[] Requests => [.. requests];

    public void Dispose()
    {
        stopping.Cancel();
        listener.Stop();
    }

    private async Task Accept()
    {
        while (!stopping.IsCancellationRequested)
        {
            TcpClient client;
            try
            {
                client = await listener.AcceptTcpClientAsync(stopping.Token);
            }
            catch (Exception e) when (e is OperationCanceledException or SocketException or ObjectDisposedException)
            {
                return;
            }
            _ = Serve(client);
        }
    }

    private async Task Serve(TcpClient client)
    {
        using (client)
        {
            try
            {
                NetworkStream stream = client.GetStream();
                using var reader = new StreamReader(stream, Encoding.ASCII, leaveOpen: true);
                string path = (await reader.ReadLineAsync(stopping.Token))!.Split(' ')[1];
                var headers = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
                while (await reader.ReadLineAsync(stopping.Token) is { Length: > 0 } line) headers[line[..line.IndexOf(':')]] = line[(line.IndexOf(':') + 1)..].Trim();
                long? from = headers.TryGetValue("Range", out string? range) ? long.Parse(range["bytes=".Length..^1], CultureInfo.InvariantCulture) : null;
                requests.Enqueue(from is null ? path : $"{path} from {from}");
                await Answer(stream, reply(new Request(requests.Count, path, from, headers.GetValueOrDefault("If-Range"))), from);
            }
            catch (Exception e) when (e is OperationCanceledException or IOException or SocketException)
            {
                // The client gave up, as it should.
            }
        }
    }

    private async Task Answer(NetworkStream stream, Reply answer, long? from)
    {
        int start = answer.HonoursRanges && answer.Status == 200 && from is { } place ? (int)place : 0;
        bool part = start > 0, beyond = start > answer.Body.Length;
        byte[] body = beyond ? [] : answer.Body[start..];
        string head = $"HTTP/1.1 {(beyond ? 416 : part ? 206 : answer.Status)} X\r\nConnection: close\r\nContent-Length: {answer.Claim ?? body.Length}\r\n{answer.Headers}"
            + (part && !beyond ? $"Content-Range: bytes {start}-{answer.Body.Length - 1}/{answer.Body.Length}\r\n" : "") + "\r\n";
        await stream.WriteAsync(Encoding.ASCII.GetBytes(head), stopping.Token);
        await stream.WriteAsync(body.AsMemory(0, Math.Min(answer.Cut, body.Length)), stopping.Token);
        await stream.FlushAsync(stopping.Token);
        if (answer.Stalls) await Task.Delay(Timeout.Infinite, stopping.Token);
    }
}
