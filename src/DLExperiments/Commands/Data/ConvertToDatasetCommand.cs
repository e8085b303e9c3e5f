using System.Management.Automation;
using DLExperiments.Data;
using DLExperiments.Data.Tables;
using DLExperiments.Errors;

namespace DLExperiments.Commands.Data;

/// <summary>Makes a data set of objects from the pipeline: rows of Import-Csv, hashtables, any objects with properties.</summary>
/// <remarks>
/// <para>Columns of numbers become numbers; columns of text become categories, as features in the way that -TextEncoding says. A target
/// of text is a class, a target of numbers a number, unless -TargetType says otherwise. All rows must have the same columns.</para>
/// <para>Scaling and filled-in values are not computed here but when a model is trained, from the training rows alone; they are saved
/// with the model, so that new rows are treated the same.</para>
/// </remarks>
[Cmdlet(VerbsData.ConvertTo, "Dataset")]
[OutputType(typeof(Dataset))]
public sealed class ConvertToDatasetCommand : TableCommand
{
    private string[] names = [];
    private object?[] cells = [];
    private TableBuilder? table;
    private long number;

    /// <summary>The rows: objects with the same properties, or hashtables with the same keys.</summary>
    [Parameter(Mandatory = true, ValueFromPipeline = true)]
    public PSObject[] InputObject { get; set; } = [];

    /// <inheritdoc/>
    protected override void Process()
    {
        foreach (PSObject row in InputObject)
        {
            number++;
            if (table is null)
            {
                names = TableRow.Names(row, number);
                cells = new object?[names.Length];
                table = new TableBuilder(Name ?? "Table", names, Options);
            }
            TableRow.Read(row, number, names, cells);
            table.Add(cells, number);
        }
    }

    /// <inheritdoc/>
    protected override void End()
    {
        if (table is null)
            throw new ExperimentException("EmptyDataset", ErrorKind.InvalidData, "No rows came through the pipeline.");
        if (table.Dropped > 0) WriteWarning($"{table.Dropped} of {number} rows were left out because a value was missing.");
        WriteObject(table.Build());
    }
}
