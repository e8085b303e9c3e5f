using System.Management.Automation;
using DLExperiments.Training.Curves;

namespace DLExperiments.Commands.Reports;

/// <summary>Reads learning curves from CSV files: an object for each epoch, with the name of its run.</summary>
/// <remarks>
/// Reads the files that Invoke-Training and Export-LearningCurve write, also while a training writes them, and those of the Keras
/// CSVLogger and the Lightning CSVLogger, whose columns get this module's names and whose epochs count from 1 here.
/// </remarks>
[Cmdlet(VerbsData.Import, "LearningCurve", DefaultParameterSetName = "Path")]
[OutputType(typeof(PSObject))]
public sealed class ImportLearningCurveCommand : ExperimentCommand
{
    private readonly List<string> paths = [];

    /// <summary>The files, with wildcards.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ParameterSetName = "Path")]
    [SupportsWildcards]
    public string[] Path { get; set; } = [];

    /// <summary>The files, taken literally.</summary>
    [Parameter(Mandatory = true, ValueFromPipelineByPropertyName = true, ParameterSetName = "LiteralPath")]
    [Alias("PSPath", "FullName")]
    public string[] LiteralPath { get; set; } = [];

    /// <inheritdoc/>
    protected override void Process()
    {
        bool literal = ParameterSetName == "LiteralPath";
        foreach (string path in literal ? LiteralPath : Path) paths.AddRange(ResolveSources(path, literal));
    }

    /// <inheritdoc/>
    protected override void End()
    {
        string[] runs = LearningCurve.NameRuns(paths);
        for (int i = 0; i < runs.Length; i++)
        {
            LearningCurve curve = LearningCurveReader.Read(paths[i]);
            foreach (object?[] values in curve.Rows)
            {
                var row = new PSObject();
                row.TypeNames.Insert(0, "DLExperiments.LearningCurveRow");
                row.Properties.Add(new PSNoteProperty("Run", runs[i]));
                for (int c = 0; c < values.Length; c++)
                    if (row.Properties[curve.Columns[c]] is null) row.Properties.Add(new PSNoteProperty(curve.Columns[c], values[c]));
                WriteObject(row);
            }
        }
    }
}
