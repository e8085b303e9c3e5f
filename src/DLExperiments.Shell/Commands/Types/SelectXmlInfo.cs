using System.Xml;

// The engine's format views, and scripts that name the type, know it under pwsh's own namespace.
namespace Microsoft.PowerShell.Commands;

/// <summary>A node that Select-Xml found.</summary>
public sealed class SelectXmlInfo
{
    internal SelectXmlInfo(XmlNode node, string path, string pattern) => (Node, Path, Pattern) = (node, path, pattern);

    /// <summary>The node.</summary>
    public XmlNode Node { get; }

    /// <summary>The file, or InputStream.</summary>
    public string Path { get; }

    /// <summary>The XPath expression.</summary>
    public string Pattern { get; }

    /// <inheritdoc/>
    public override string ToString() => Node is XmlText or XmlCDataSection or XmlAttribute ? Node.Value ?? "" : Node.InnerXml.Trim();
}
