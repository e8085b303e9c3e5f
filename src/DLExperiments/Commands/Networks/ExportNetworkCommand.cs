using System.Management.Automation;
using System.Text;
using DLExperiments.Errors;
using DLExperiments.Files;
using DLExperiments.Networks;
using DLExperiments.Networks.Diagrams;

namespace DLExperiments.Commands.Networks;

/// <summary>Writes a network, without weights, to a file: its definition as JSON or data file, or its diagram as SVG or Mermaid.</summary>
/// <remarks>
/// The extension decides: .json and .psd1 are definitions, text that can be compared and kept under version control, and Import-Network reads
/// them; .svg and .mmd (or .mermaid) are diagrams. Export-Model saves a network with its weights.
/// </remarks>
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

    /// <summary>The network, or what carries one: a model, the result of a training.</summary>
    [Parameter(Mandatory = true, ValueFromPipeline = true)]
    [Alias("InputObject")]
    [NetworkValue]
    public NetworkDefinition? Network { get; set; }

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

    /// <summary>Writes the file to the pipeline.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <inheritdoc/>
    protected override void Process()
    {
        NetworkFormat format = Format ?? Extensions.GetValueOrDefault(System.IO.Path.GetExtension(Path), NetworkFormat.Json);
        if (Depth is not null && format is (NetworkFormat.Json or NetworkFormat.Psd1))
            throw new ExperimentException("DepthWithoutDiagram", ErrorKind.InvalidArgument, $"-Depth is for diagrams, but a {format} file holds every layer.", Depth);
        string path = ResolveTarget(Path, Force);
        if (!ShouldProcess(path, "Export network")) return;
        AtomicFile.Write(path, Force, stream => stream.Write(Encoding.UTF8.GetBytes(Writers[format](Network!, Depth))));
        if (PassThru) WriteFile(path);
    }
}
