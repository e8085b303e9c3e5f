using System.Management.Automation;
using DLExperiments.Catalogues;
using DLExperiments.Commands.Catalogues;
using DLExperiments.Training.Schedules;

namespace DLExperiments.Commands.Training;

/// <summary>Lists the learning-rate schedules with their settings.</summary>
/// <remarks>
/// Each one is given to Invoke-Training as -Schedule by name, and its settings are parameters then; or all of it as a hashtable:
/// -Schedule @{ Name = 'Step'; StepSize = 10 }. Names and formulas are those of PyTorch's schedulers.
/// </remarks>
[Cmdlet(VerbsCommon.Get, "ScheduleType")]
[OutputType(typeof(CatalogueEntry))]
public sealed class GetScheduleTypeCommand : ExperimentCommand
{
    /// <summary>Names or aliases, with wildcards; all by default.</summary>
    [Parameter(Position = 0, ValueFromPipeline = true)]
    [ArgumentCompleter(typeof(CatalogueCompleter<Schedule>))]
    [SupportsWildcards]
    public string[] Name { get; set; } = ["*"];

    /// <inheritdoc/>
    protected override void Process()
    {
        foreach (string name in Name) CatalogueListing.Write(this, Catalogue<Schedule>.Default, name);
    }
}
