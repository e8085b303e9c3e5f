using System.Management.Automation;
using System.Text;
using DLExperiments.Errors;
using DLExperiments.Files;
using DLExperiments.Networks;
using DLExperiments.Networks.Diagrams;

namespace DLExperiments.Commands.Networks;

/// <summary>
/// <para type="synopsis">Writes a network, without weights, to a file: its definition as JSON or as a PowerShell data file, or its diagram as SVG or Mermaid.</para>
/// <para type="description">The extension decides: .json, .psd1, .svg, .mmd (and .mermaid). Import-Network reads the first two.</para>
/// </summary>
[Cmdlet(VerbsData.Export, "Network", SupportsShouldProcess = true)]
[OutputType(typeof(FileInfo))]
public sealed class ExportNetworkCommand : ExperimentCommand
{
    private static readonly Dictionary<string, NetworkFormat> Extensions = new(StringComparer.OrdinalIgnoreCase)
    {
        [".psd1"] = NetworkFormat.Psd1, [".svg"] = NetworkFormat.Svg, [".mmd"] = NetworkFormat.Mermaid, [".mermaid"] = NetworkFormat.Mermaid,
    };

    private static readonly Dictionary<NetworkFormat, Func<NetworkDefinition, int?, string>> Writers = new()
    {
        [NetworkFormat.Json] = (network, _) => NetworkJson.Write(network),
        [NetworkFormat.Psd1] = (network, _) => NetworkData.Write(network),
        [NetworkFormat.Svg] = NetworkDiagram.ToSvg,
        [NetworkFormat.Mermaid] = NetworkDiagram.ToMermaid,
    };

    /// <summary>The network, or a model or training result.</summary>
    [Parameter(Mandatory = true, ValueFromPipeline = true)]
    public object? InputObject { get; set; }

    /// <summary>The file; its extension decides the format unless -Format does.</summary>
    [Parameter(Mandatory = true, Position = 0)]
    [Alias("LiteralPath")]
    [ValidateNotNullOrEmpty]
    public string Path { get; set; } = "";

    /// <summary>The format; by default what the extension says, and JSON for an extension that says nothing.</summary>
    [Parameter]
    public NetworkFormat? Format { get; set; }

    /// <summary>For diagrams: draws blocks together. 1 makes each block of the network one box, 2 also tells the blocks in them apart, and so on.</summary>
    [Parameter]
    [ValidateRange(1, int.MaxValue)]
    public int? Depth { get; set; }

    /// <summary>Replaces an existing file.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <summary>Gives the file back.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <inheritdoc/>
    protected override void Process()
    {
        NetworkDefinition network = NetworkTarget.From(InputObject, "Export-Network").Network;
        NetworkFormat format = Format ?? Extensions.GetValueOrDefault(System.IO.Path.GetExtension(Path), NetworkFormat.Json);
        if (Depth is not null && format is (NetworkFormat.Json or NetworkFormat.Psd1))
            throw new ExperimentException("DepthWithoutDiagram", ErrorKind.InvalidArgument, $"-Depth is for diagrams, but a {format} file holds every layer.", Depth);
        string path = ResolveTarget(Path, Force);
        if (!ShouldProcess(path, "Write the network")) return;
        AtomicFile.Write(path, Force, stream => stream.Write(Encoding.UTF8.GetBytes(Writers[format](network, Depth))));
        if (PassThru) WriteFile(path);
    }
}
