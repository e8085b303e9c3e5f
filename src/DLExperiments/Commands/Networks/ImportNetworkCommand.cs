using System.Management.Automation;
using DLExperiments.Errors;
using DLExperiments.Networks;

namespace DLExperiments.Commands.Networks;

/// <summary>Reads the definition of a network from a file that Export-Network wrote.</summary>
/// <remarks>
/// A file that cannot be read is reported as an error, and the others are still read.
/// </remarks>
[Cmdlet(VerbsData.Import, "Network", DefaultParameterSetName = "Path")]
[OutputType(typeof(NetworkDefinition))]
public sealed class ImportNetworkCommand : ExperimentCommand
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
        foreach (string path in literal ? LiteralPath : Path)
        {
            try
            {
                foreach (string file in ResolveSources(path, literal)) WriteObject(Read(file));
            }
            catch (ExperimentException e)
            {
                WriteError(e);
            }
        }
    }

    private NetworkDefinition Read(string file)
    {
        try
        {
            return NetworkJson.Read(File.ReadAllText(file), AllowScript ? ScriptFunction.From : null);
        }
        catch (ExperimentException e)
        {
            throw new ExperimentException(e.ErrorId, e.Kind, $"'{file}': {e.Message}", file, e);
        }
    }
}
