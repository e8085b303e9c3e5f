using System.Management.Automation;
using System.Xml;

namespace DLExperiments.Shell.Commands.Web;

/// <summary>Invoke-RestMethod: gets a web address and writes what it holds: objects from JSON, a document from XML, else text.</summary>
[Cmdlet(VerbsLifecycle.Invoke, "RestMethod")]
[OutputType(typeof(PSObject), typeof(XmlDocument), typeof(string))]
public sealed class InvokeRestMethodCommand : WebCommand
{
    /// <summary>Name of a variable that gets the headers of the answer.</summary>
    [Parameter]
    [Alias("RHV")]
    public string? ResponseHeadersVariable { get; set; }

    /// <summary>Name of a variable that gets the status of the answer.</summary>
    [Parameter]
    public string? StatusCodeVariable { get; set; }

    private protected override void WriteAnswer(HttpResponseMessage answer, byte[] content, string text)
    {
        if (StatusCodeVariable is not null) SessionState.PSVariable.Set(StatusCodeVariable, (int)answer.StatusCode);
        if (ResponseHeadersVariable is not null)
            SessionState.PSVariable.Set(ResponseHeadersVariable, answer.Headers.Concat(answer.Content.Headers).ToDictionary(header => header.Key, header => header.Value.ToArray()));
        var type = answer.Content.Headers.ContentType?.MediaType ?? "";
        if (type.Contains("json", StringComparison.OrdinalIgnoreCase) || (type.Length == 0 && text.TrimStart() is ['{' or '[', ..]))
            WriteObject(InvokeCommand.InvokeScript("ConvertFrom-Json -InputObject $args[0]", text), enumerateCollection: true);
        else if (type.Contains("xml", StringComparison.OrdinalIgnoreCase)) WriteXml(text);
        else WriteObject(text);
    }

    private void WriteXml(string text)
    {
        try
        {
            var document = new XmlDocument { XmlResolver = null };
            document.LoadXml(text);
            WriteObject(document);
        }
        catch (XmlException)
        {
            WriteObject(text);
        }
    }
}
