using System.Management.Automation;
using DLExperiments.Models;

namespace DLExperiments.Commands.Models;

/// <summary>Saves a model, with its network, preprocessing and class names, as one safetensors file.</summary>
/// <remarks>
/// The file is written aside and renamed, so that it is either whole or not there. The tensors have PyTorch's names and shapes
/// and can be read from Python; the rest is in the file's metadata.
/// </remarks>
[Cmdlet(VerbsData.Export, "Model", SupportsShouldProcess = true)]
[OutputType(typeof(FileInfo))]
public sealed class ExportModelCommand : ExperimentCommand
{
    /// <summary>The model, or what carries one: the result of a training.</summary>
    [Parameter(Mandatory = true, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [ModelValue]
    public Model Model { get; set; } = null!;

    /// <summary>The file to write; by custom it ends in .safetensors.</summary>
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
        if (!ShouldProcess(path, "Export model")) return;
        ModelFile.Export(Model, path, Force);
        if (PassThru) WriteFile(path);
    }
}
