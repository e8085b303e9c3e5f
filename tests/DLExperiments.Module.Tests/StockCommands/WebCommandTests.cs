using System.Net;
using System.Net.Sockets;
using System.Text;

namespace DLExperiments.Module.Tests.StockCommands;

/// <summary>Against a server on this machine that answers with what it was asked.</summary>
public sealed class WebCommandTests : IDisposable
{
    private readonly FolderShell shell = new();
    private readonly HttpListener server = new();
    private readonly string address;
    private int requests;

    public WebCommandTests()
    {
        using (var probe = new TcpListener(IPAddress.Loopback, 0))
        {
            probe.Start();
            address = $"http://127.0.0.1:{((IPEndPoint)probe.LocalEndpoint).Port}/";
        }
        server.Prefixes.Add(address);
        server.Start();
        _ = Serve();
    }

    public void Dispose()
    {
        server.Stop();
        shell.Dispose();
    }

    [Theory]
    [InlineData("(Invoke-WebRequest {0}text).Content", "GET /text  ")]
    [InlineData("(Invoke-WebRequest {0}text).StatusCode", "200")]
    [InlineData("(Invoke-WebRequest {0}bytes).Content.GetType().Name", "Byte[]")]
    [InlineData("Invoke-RestMethod {0}text -Method Post -Body hello -ContentType text/plain", "POST /text text/plain hello")]
    [InlineData("Invoke-RestMethod {0}text -Method Put -Body @{{ a = '1 2' }}", "PUT /text application/x-www-form-urlencoded a=1%202")]
    [InlineData("Invoke-RestMethod {0}text -Body @{{ q = 5 }}", "GET /text?q=5  ")]
    [InlineData("Invoke-RestMethod {0}header -Headers @{{ 'X-Ask' = 'yes' }}", "yes")]
    [InlineData("(Invoke-RestMethod {0}xml).a.b", "7")]
    [InlineData("(Invoke-RestMethod {0}json | ForEach-Object a) -join ','", "1,2")]
    [InlineData("Invoke-WebRequest {0}text -OutFile o.txt; Get-Content o.txt; Test-Path o.txt.partial", "GET /text  |False")]
    [InlineData("Invoke-WebRequest {0}missing", "<WebCmdletWebResponseException>")]
    [InlineData("(Invoke-WebRequest {0}missing -SkipHttpErrorCheck).StatusCode", "404")]
    [InlineData("Invoke-WebRequest {0}missing -OutFile o.txt; Test-Path o.txt", "False|<WebCmdletWebResponseException>")]
    [InlineData("Invoke-RestMethod {0}busy -MaximumRetryCount 2 -RetryIntervalSec 1", "at last")]
    [InlineData("Invoke-WebRequest {0}slow -TimeoutSec 1", "<WebCmdletWebResponseException>")]
    public void AsksAndAnswers(string script, string expected) => Assert.Equal(expected, shell.Run(string.Format(script, address)));

    [Fact]
    public void SaysThatNobodyAnswers() => Assert.Equal("<WebCmdletWebResponseException>", shell.Run("Invoke-WebRequest http://127.0.0.1:1/"));

    private async Task Serve()
    {
        while (server.IsListening)
        {
            try
            {
                await Answer(await server.GetContextAsync());
            }
            catch (Exception error) when (error is HttpListenerException or ObjectDisposedException)
            {
                return;
            }
        }
    }

    private async Task Answer(HttpListenerContext context)
    {
        var (asked, answer) = (context.Request, context.Response);
        var body = await new StreamReader(asked.InputStream).ReadToEndAsync();
        var (status, type, text) = asked.Url!.AbsolutePath switch
        {
            "/text" => (200, "text/plain", $"{asked.HttpMethod} {asked.RawUrl} {asked.ContentType} {body}"),
            "/bytes" => (200, "application/octet-stream", "bytes"),
            "/header" => (200, "text/plain", asked.Headers["X-Ask"] ?? ""),
            "/xml" => (200, "application/xml", "<a><b>7</b></a>"),
            "/json" => (200, "application/json", """[{"a":1},{"a":2}]"""),
            "/busy" => ++requests < 2 ? (503, "text/plain", "busy") : (200, "text/plain", "at last"),
            "/slow" => (200, "text/plain", "late"),
            _ => (404, "text/plain", "nothing here"),
        };
        if (asked.Url.AbsolutePath == "/slow") await Task.Delay(1500);
        answer.StatusCode = status;
        answer.ContentType = type;
        answer.Close(Encoding.UTF8.GetBytes(text), willBlock: false);
    }
}
