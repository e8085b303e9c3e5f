using System.Management.Automation;
using DLExperiments.Data;

namespace DLExperiments.Commands.Data;

/// <summary>Gives the rows of a data set as objects: columns by name, categories and classes as text, missing values as null.</summary>
/// <remarks>
/// The objects suit Select-Object, Measure-Object, Export-Csv and ConvertTo-Dataset, which makes a data set of them again.
/// Numbers are those of the file or generator: scaling belongs to the model and is not applied here.
/// </remarks>
[Cmdlet(VerbsData.ConvertFrom, "Dataset")]
[OutputType(typeof(PSObject))]
public sealed class ConvertFromDatasetCommand : ExperimentCommand
{
    /// <summary>The data set, or one of its pieces.</summary>
    [Parameter(Mandatory = true, ValueFromPipeline = true, Position = 0)]
    public Dataset? Dataset { get; set; }

    /// <inheritdoc/>
    protected override void Process()
    {
        var rows = new DatasetRows(Dataset!);
        foreach (object?[] row in rows.Read())
        {
            Cancellation.ThrowIfCancellationRequested();
            var made = new PSObject();
            for (int i = 0; i < row.Length; i++) made.Properties.Add(new PSNoteProperty(rows.Names[i], row[i]), preValidated: true);
            WriteObject(made);
        }
    }
}
