using System.Management.Automation;
using System.Text;
using DLExperiments.Files;
using DLExperiments.Networks;

namespace DLExperiments.Commands.Networks;

/// <summary>Writes the definition of a network, without weights, to a JSON file.</summary>
/// <remarks>
/// The file is text that can be compared and kept under version control. Import-Network reads it; Export-Model saves a network
/// with its weights.
/// </remarks>
[Cmdlet(VerbsData.Export, "Network", SupportsShouldProcess = true)]
[OutputType(typeof(FileInfo))]
public sealed class ExportNetworkCommand : ExperimentCommand
{
    /// <summary>The network, or what carries one: a model, the result of a training.</summary>
    [Parameter(Mandatory = true, ValueFromPipeline = true)]
    [Alias("InputObject")]
    [NetworkValue]
    public NetworkDefinition? Network { get; set; }

    /// <summary>The file, usually .json.</summary>
    [Parameter(Mandatory = true, Position = 0)]
    [Alias("LiteralPath")]
    [ValidateNotNullOrEmpty]
    public string Path { get; set; } = "";

    /// <summary>Replaces an existing file.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <summary>Writes the file to the pipeline.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <inheritdoc/>
    protected override void Process()
    {
        string path = ResolveTarget(Path, Force);
        if (!ShouldProcess(path, "Export network")) return;
        AtomicFile.Write(path, Force, stream => stream.Write(Encoding.UTF8.GetBytes(NetworkJson.Write(Network!))));
        if (PassThru) WriteFile(path);
    }
}
