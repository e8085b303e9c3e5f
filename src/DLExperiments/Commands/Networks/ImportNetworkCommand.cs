using System.Management.Automation;
using DLExperiments.Errors;
using DLExperiments.Networks;

namespace DLExperiments.Commands.Networks;

/// <summary>Reads the definition of a network from a file that Export-Network wrote: JSON, or a PowerShell data file (.psd1).</summary>
/// <remarks>
/// A data file is read as data: nothing in it is run. A file that cannot be read is reported as an error, and the others are still read.
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
                foreach (string file in ResolveSources(path, literal)) WriteObject(Read(file, AllowScript));
            }
            catch (ExperimentException e)
            {
                WriteError(e);
            }
        }
    }

    /// <summary>Reads a network's file.</summary>
    /// <param name="file">Its full path.</param>
    /// <param name="allowScript">Whether Lambda layers are accepted.</param>
    internal static NetworkDefinition Read(string file, bool allowScript)
    {
        try
        {
            Func<string, TensorFunction>? compile = allowScript ? ScriptFunction.From : null;
            string text = File.ReadAllText(file);
            return System.IO.Path.GetExtension(file).Equals(".psd1", StringComparison.OrdinalIgnoreCase)
                ? NetworkData.Read(NetworkDataFile.Read(text), compile)
                : NetworkJson.Read(text, compile);
        }
        catch (ExperimentException e)
        {
            throw new ExperimentException(e.ErrorId, e.Kind, $"'{file}': {e.Message}", file, e);
        }
    }
}
