using System.Management.Automation;

namespace DLExperiments.Shell.Commands.Web;

/// <summary>Invoke-WebRequest: gets a web address.</summary>
[Cmdlet(VerbsLifecycle.Invoke, "WebRequest")]
[OutputType(typeof(WebResponse))]
public sealed class InvokeWebRequestCommand : WebCommand
{
    private protected override void WriteAnswer(HttpResponseMessage answer, byte[] content, string text)
    {
        var type = answer.Content.Headers.ContentType?.MediaType ?? "text/plain";
        var isText = type.StartsWith("text/", StringComparison.OrdinalIgnoreCase)
            || new[] { "json", "xml", "javascript", "x-www-form-urlencoded" }.Any(kind => type.Contains(kind, StringComparison.OrdinalIgnoreCase));
        WriteObject(new WebResponse
        {
            StatusCode = (int)answer.StatusCode,
            StatusDescription = answer.ReasonPhrase ?? "",
            Content = isText ? text : content,
            Headers = answer.Headers.Concat(answer.Content.Headers).ToDictionary(header => header.Key, header => header.Value.ToArray(), StringComparer.OrdinalIgnoreCase),
            RawContentLength = content.Length,
        });
    }
}
