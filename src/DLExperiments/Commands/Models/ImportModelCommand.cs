using System.Management.Automation;
using DLExperiments.Commands.Networks;
using DLExperiments.Commands.Training;
using DLExperiments.Models;

namespace DLExperiments.Commands.Models;

/// <summary>Loads models that Export-Model saved, and verifies them.</summary>
/// <remarks>
/// The network, the weights, the preprocessing and the class names come back as they were: the model predicts and measures the
/// same. A damaged file is refused with an error that names what is wrong; of several files, the others are still loaded.
/// </remarks>
[Cmdlet(VerbsData.Import, "Model", DefaultParameterSetName = "Path")]
[OutputType(typeof(Model))]
public sealed class ImportModelCommand : ExperimentCommand
{
    /// <summary>The files; wildcards are expanded.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true, ParameterSetName = "Path")]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    public string[] Path { get; set; } = [];

    /// <summary>The files, taken as they are written.</summary>
    [Parameter(Mandatory = true, ValueFromPipelineByPropertyName = true, ParameterSetName = "LiteralPath")]
    [Alias("PSPath", "LP", "FullName")]
    [ValidateNotNullOrEmpty]
    public string[] LiteralPath { get; set; } = [];

    /// <summary>Accepts Lambda layers, whose script is code that runs on this machine: use it for files that you trust.</summary>
    [Parameter]
    public SwitchParameter AllowScript { get; set; }

    /// <inheritdoc/>
    protected override void Process()
    {
        bool literal = ParameterSetName == "LiteralPath";
        ForEachSource(literal ? LiteralPath : Path, literal, folders: false, file => WriteObject(ModelFile.Import(file, AllowScript ? ScriptFunction.From : null, AllowScript ? ScriptObjective.Bind : null)));
    }
}
