using System.Collections;
using System.Management.Automation;
using System.Net.Http.Headers;
using System.Text;

namespace DLExperiments.Shell.Commands.Web;

/// <summary>Base of Invoke-WebRequest and Invoke-RestMethod: sends one request over HTTP.</summary>
public abstract class WebCommand : PSCmdlet, IDisposable
{
    private readonly CancellationTokenSource stop = new();

    /// <summary>The address; without a scheme, http.</summary>
    [Parameter(Position = 0, Mandatory = true)]
    [ValidateNotNullOrEmpty]
    public Uri Uri { get; set; } = null!;

    /// <summary>GET (default), POST, PUT, ...</summary>
    [Parameter]
    public string Method { get; set; } = "GET";

    /// <summary>What to send: text, bytes, or a dictionary as form fields (or as the query of a GET).</summary>
    [Parameter(ValueFromPipeline = true)]
    public object? Body { get; set; }

    /// <summary>Content type of the body.</summary>
    [Parameter]
    public string? ContentType { get; set; }

    /// <summary>Headers of the request.</summary>
    [Parameter]
    public IDictionary? Headers { get; set; }

    /// <summary>A file to send as the body.</summary>
    [Parameter]
    public string? InFile { get; set; }

    /// <summary>A file that gets the answer; an existing one is replaced when the answer is complete.</summary>
    [Parameter]
    public string? OutFile { get; set; }

    /// <summary>Writes the answer too when -OutFile is given.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <summary>The program's name in the request.</summary>
    [Parameter]
    public string UserAgent { get; set; } = "Mozilla/5.0 (PowerShell/7.6)";

    /// <summary>Seconds to wait for the answer to begin; 0 for no limit.</summary>
    [Parameter]
    [Alias("TimeoutSec")]
    [ValidateRange(0, int.MaxValue)]
    public int ConnectionTimeoutSeconds { get; set; }

    /// <summary>How many redirections to follow; 0 for none.</summary>
    [Parameter]
    [ValidateRange(0, int.MaxValue)]
    public int MaximumRedirection { get; set; } = 5;

    /// <summary>How often to try again after an error of the server.</summary>
    [Parameter]
    [ValidateRange(0, int.MaxValue)]
    public int MaximumRetryCount { get; set; }

    /// <summary>Seconds between the tries.</summary>
    [Parameter]
    [ValidateRange(1, int.MaxValue)]
    public int RetryIntervalSec { get; set; } = 5;

    /// <summary>Takes an answer such as 404 as an answer, not as an error.</summary>
    [Parameter]
    public SwitchParameter SkipHttpErrorCheck { get; set; }

    /// <summary>Accepts any certificate of the server.</summary>
    [Parameter]
    public SwitchParameter SkipCertificateCheck { get; set; }

    /// <summary>Kept for old scripts: there is only the basic parsing.</summary>
    [Parameter(DontShow = true)]
    public SwitchParameter UseBasicParsing { get; set; }

    private protected abstract void WriteAnswer(HttpResponseMessage answer, byte[] content, string text);

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        var target = OutFile is null ? null : SessionState.Path.GetUnresolvedProviderPathFromPSPath(OutFile);
        using var client = CreateClient();
        try
        {
            using var answer = SendWithRetries(client);
            if (!SkipHttpErrorCheck && !answer.IsSuccessStatusCode) ThrowStatus(answer);
            if (target is not null) target = Save(answer, target);
            if (target is not null && !PassThru) return;
            var content = target is null ? answer.Content.ReadAsByteArrayAsync(stop.Token).GetAwaiter().GetResult() : File.ReadAllBytes(target);
            WriteAnswer(answer, content, Encoding(answer).GetString(content));
        }
        catch (OperationCanceledException error) when (!stop.IsCancellationRequested)
        {
            var message = $"The request to {Uri} was not answered within {ConnectionTimeoutSeconds} seconds.";
            ThrowTerminatingError(new ErrorRecord(new TimeoutException(message, error), "WebCmdletWebResponseException", ErrorCategory.OperationTimeout, Uri));
        }
        catch (OperationCanceledException)
        {
            throw new PipelineStoppedException();
        }
        catch (Exception error) when (error is HttpRequestException or IOException or UnauthorizedAccessException)
        {
            ThrowTerminatingError(new ErrorRecord(error, "WebCmdletWebResponseException", ErrorCategory.InvalidOperation, Uri));
        }
    }

    private HttpClient CreateClient()
    {
        if (!Uri.IsAbsoluteUri) Uri = new Uri("http://" + Uri.OriginalString);
        var handler = new SocketsHttpHandler { AllowAutoRedirect = MaximumRedirection > 0, AutomaticDecompression = System.Net.DecompressionMethods.All };
        if (MaximumRedirection > 0) handler.MaxAutomaticRedirections = MaximumRedirection;
        if (SkipCertificateCheck) handler.SslOptions.RemoteCertificateValidationCallback = (_, _, _, _) => true;
        return new HttpClient(handler)
        {
            Timeout = ConnectionTimeoutSeconds == 0 ? Timeout.InfiniteTimeSpan : TimeSpan.FromSeconds(ConnectionTimeoutSeconds),
        };
    }

    private HttpResponseMessage SendWithRetries(HttpClient client)
    {
        for (var attempt = 0; ; attempt++)
        {
            using var request = CreateRequest();
            var answer = client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, stop.Token).GetAwaiter().GetResult();
            if ((int)answer.StatusCode is not (304 or >= 400 and < 600) || attempt >= MaximumRetryCount) return answer;
            answer.Dispose();
            WriteVerbose($"The server answered {(int)answer.StatusCode}; trying again in {RetryIntervalSec} s.");
            if (stop.Token.WaitHandle.WaitOne(TimeSpan.FromSeconds(RetryIntervalSec))) throw new OperationCanceledException(stop.Token);
        }
    }

    private HttpRequestMessage CreateRequest()
    {
        var fields = (Body is PSObject wrapped ? wrapped.BaseObject : Body) as IDictionary;
        var address = Uri;
        if (fields is not null && Method.Equals("GET", StringComparison.OrdinalIgnoreCase))
        {
            address = new UriBuilder(Uri) { Query = (Uri.Query.Length > 1 ? Uri.Query[1..] + "&" : "") + Form(fields) }.Uri;
            fields = null;
        }
        var request = new HttpRequestMessage(new HttpMethod(Method.ToUpperInvariant()), address) { Content = Content(fields, address != Uri) };
        request.Headers.TryAddWithoutValidation("User-Agent", UserAgent);
        foreach (DictionaryEntry header in Headers ?? new Hashtable())
        {
            var (name, value) = (LanguagePrimitives.ConvertTo<string>(header.Key), LanguagePrimitives.ConvertTo<string>(header.Value));
            if (name.Equals("User-Agent", StringComparison.OrdinalIgnoreCase)) request.Headers.Remove(name);
            if (!request.Headers.TryAddWithoutValidation(name, value)) request.Content?.Headers.TryAddWithoutValidation(name, value);
        }
        return request;
    }

    private ByteArrayContent? Content(IDictionary? fields, bool inAddress)
    {
        var bytes = InFile is not null ? File.ReadAllBytes(SessionState.Path.GetUnresolvedProviderPathFromPSPath(InFile))
            : fields is not null ? System.Text.Encoding.UTF8.GetBytes(Form(fields))
            : inAddress || Body is null ? null
            : (Body is PSObject wrapped ? wrapped.BaseObject : Body) as byte[] ?? System.Text.Encoding.UTF8.GetBytes(LanguagePrimitives.ConvertTo<string>(Body));
        if (bytes is null) return null;
        var content = new ByteArrayContent(bytes);
        var type = ContentType ?? (fields is not null ? "application/x-www-form-urlencoded" : null);
        if (type is not null) content.Headers.ContentType = MediaTypeHeaderValue.Parse(type);
        return content;
    }

    private string Save(HttpResponseMessage answer, string target)
    {
        if (Directory.Exists(target)) target = Path.Combine(target, Path.GetFileName(answer.RequestMessage!.RequestUri!.LocalPath));
        // Written aside: an interrupted download must not look like a file.
        var partial = target + ".partial";
        using (var file = File.Create(partial))
            answer.Content.CopyToAsync(file, stop.Token).GetAwaiter().GetResult();
        File.Move(partial, target, overwrite: true);
        return target;
    }

    private void ThrowStatus(HttpResponseMessage answer)
    {
        var message = $"Response status code does not indicate success: {(int)answer.StatusCode} ({answer.ReasonPhrase}).";
        var error = new HttpRequestException(message, null, answer.StatusCode);
        ThrowTerminatingError(new ErrorRecord(error, "WebCmdletWebResponseException", ErrorCategory.InvalidOperation, Uri));
    }

    private static string Form(IDictionary fields) => string.Join('&', fields.Cast<DictionaryEntry>().Select(field =>
        Uri.EscapeDataString(LanguagePrimitives.ConvertTo<string>(field.Key)) + "=" + Uri.EscapeDataString(LanguagePrimitives.ConvertTo<string>(field.Value) ?? "")));

    private static Encoding Encoding(HttpResponseMessage answer)
    {
        try
        {
            return answer.Content.Headers.ContentType?.CharSet is { Length: > 0 } name ? System.Text.Encoding.GetEncoding(name.Trim('"')) : System.Text.Encoding.UTF8;
        }
        catch (ArgumentException)
        {
            return System.Text.Encoding.UTF8;
        }
    }

    /// <inheritdoc/>
    protected override void StopProcessing() => stop.Cancel();

    /// <inheritdoc/>
    public void Dispose() => stop.Dispose();
}
