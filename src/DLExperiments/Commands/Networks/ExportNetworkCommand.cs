using System.Management.Automation;
using System.Text;
using DLExperiments.Files;
using DLExperiments.Networks;

namespace DLExperiments.Commands.Networks;

/// <summary>Writes the definition of a network, without weights, to a JSON file.</summary>
[Cmdlet(VerbsData.Export, "Network", SupportsShouldProcess = true)]
[OutputType(typeof(FileInfo))]
public sealed class ExportNetworkCommand : ExperimentCommand
{
    /// <summary>The network.</summary>
    [Parameter(Mandatory = true, ValueFromPipeline = true)]
    public NetworkDefinition? InputObject { get; set; }

    /// <summary>The file, usually .json.</summary>
    [Parameter(Mandatory = true, Position = 0)]
    [Alias("LiteralPath")]
    [ValidateNotNullOrEmpty]
    public string Path { get; set; } = "";

    /// <summary>Replaces an existing file.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <summary>Gives the file back.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <inheritdoc/>
    protected override void Process()
    {
        string path = ResolveTarget(Path, Force);
        if (!ShouldProcess(path, "Write the network")) return;
        AtomicFile.Write(path, Force, stream => stream.Write(Encoding.UTF8.GetBytes(NetworkJson.Write(InputObject!))));
        if (PassThru) WriteFile(path);
    }
}
