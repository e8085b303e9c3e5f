using System.Collections;
using System.Management.Automation;
using System.Xml;
using System.Xml.XPath;
using Microsoft.PowerShell.Commands;

namespace DLExperiments.Shell.Commands.Data;

/// <summary>Select-Xml: finds nodes of XML files, documents or text by XPath.</summary>
[Cmdlet(VerbsCommon.Select, "Xml", DefaultParameterSetName = "Xml")]
[OutputType(typeof(SelectXmlInfo))]
public sealed class SelectXmlCommand : PSCmdlet
{
    /// <summary>The files; wildcards are allowed.</summary>
    [Parameter(Position = 1, Mandatory = true, ValueFromPipelineByPropertyName = true, ParameterSetName = "Path")]
    [ValidateNotNullOrEmpty]
    public string[]? Path { get; set; }

    /// <summary>The files, taken as written.</summary>
    [Parameter(Mandatory = true, ValueFromPipelineByPropertyName = true, ParameterSetName = "LiteralPath")]
    [ValidateNotNullOrEmpty]
    [Alias("PSPath", "LP")]
    public string[]? LiteralPath { get; set; }

    /// <summary>The documents or nodes.</summary>
    [Parameter(Position = 1, Mandatory = true, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true, ParameterSetName = "Xml")]
    [ValidateNotNullOrEmpty]
    [Alias("Node")]
    public XmlNode[]? Xml { get; set; }

    /// <summary>The text.</summary>
    [Parameter(Mandatory = true, ValueFromPipeline = true, ParameterSetName = "Content")]
    [ValidateNotNullOrEmpty]
    public string[]? Content { get; set; }

    /// <summary>The XPath expression.</summary>
    [Parameter(Mandatory = true, Position = 0)]
    [ValidateNotNullOrEmpty]
    public string XPath { get; set; } = "";

    /// <summary>The prefixes of the expression and the namespaces that they stand for.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public Hashtable? Namespace { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        foreach (var node in Xml ?? [])
            Find(node, "InputStream");
        foreach (var text in Content ?? [])
            if (Load(document => document.LoadXml(text), text) is { } document)
                Find(document, "InputStream");
        foreach (var path in Path ?? LiteralPath ?? [])
            foreach (var file in FileTarget.ResolveForReading(this, path, literal: Path is null))
                if (Load(document => document.Load(file), file) is { } document)
                    Find(document, file);
    }

    private XmlDocument? Load(Action<XmlDocument> load, string source)
    {
        var document = new XmlDocument { PreserveWhitespace = true, XmlResolver = null };
        try
        {
            load(document);
            return document;
        }
        catch (Exception exception) when (exception is XmlException or IOException or UnauthorizedAccessException)
        {
            WriteError(new ErrorRecord(new ArgumentException($"The XML cannot be read: {exception.Message}", exception), "ProcessingFile", ErrorCategory.InvalidArgument, source));
            return null;
        }
    }

    private void Find(XmlNode node, string path)
    {
        try
        {
            foreach (XmlNode found in (Namespace is null ? node.SelectNodes(XPath) : node.SelectNodes(XPath, Prefixes(node)))!)
                WriteObject(new SelectXmlInfo(found, path, XPath));
        }
        catch (XPathException exception)
        {
            ThrowTerminatingError(new ErrorRecord(exception, "ProcessingXPath", ErrorCategory.InvalidArgument, XPath));
        }
    }

    private XmlNamespaceManager Prefixes(XmlNode node)
    {
        var prefixes = new XmlNamespaceManager((node as XmlDocument ?? node.OwnerDocument!).NameTable);
        foreach (DictionaryEntry entry in Namespace!)
            prefixes.AddNamespace(entry.Key.ToString()!, entry.Value?.ToString() ?? "");
        return prefixes;
    }
}
