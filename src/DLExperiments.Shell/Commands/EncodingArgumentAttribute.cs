using System.Management.Automation;
using System.Text;

namespace DLExperiments.Shell.Commands;

/// <summary>Turns the encoding names of PowerShell (utf8, utf8BOM, ascii, unicode, ...), any .NET name, or a code page into an encoding.</summary>
internal sealed class EncodingArgumentAttribute : ArgumentTransformationAttribute
{
    /// <summary>UTF-8 without a byte order mark: what PowerShell 7 writes unless told otherwise.</summary>
    internal static Encoding Default { get; } = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false);

    private static readonly Dictionary<string, Func<Encoding>> Names = new(StringComparer.OrdinalIgnoreCase)
    {
        ["ansi"] = () => Encoding.GetEncoding(0),
        ["ascii"] = () => Encoding.ASCII,
        ["bigendianunicode"] = () => Encoding.BigEndianUnicode,
        ["bigendianutf32"] = () => new UTF32Encoding(bigEndian: true, byteOrderMark: true),
        ["default"] = () => Default,
        ["oem"] = () => Encoding.GetEncoding(0),
        ["string"] = () => Encoding.Unicode,
        ["unicode"] = () => Encoding.Unicode,
        ["unknown"] = () => Encoding.Unicode,
        ["utf8"] = () => Default,
        ["utf8BOM"] = () => new UTF8Encoding(encoderShouldEmitUTF8Identifier: true),
        ["utf8NoBOM"] = () => Default,
        ["utf32"] = () => Encoding.UTF32,
    };

    public override object Transform(EngineIntrinsics engineIntrinsics, object inputData)
    {
        var value = inputData is PSObject wrapped ? wrapped.BaseObject : inputData;
        try
        {
            return value switch
            {
                string name when Names.TryGetValue(name, out var make) => make(),
                string name when int.TryParse(name, out var page) => Encoding.GetEncoding(page),
                string name => Encoding.GetEncoding(name),
                int page => Encoding.GetEncoding(page),
                _ => inputData,
            };
        }
        catch (Exception exception) when (exception is ArgumentException or NotSupportedException)
        {
            throw new ArgumentTransformationMetadataException($"'{value}' is not an encoding. Known names: {string.Join(", ", Names.Keys)}.");
        }
    }
}
