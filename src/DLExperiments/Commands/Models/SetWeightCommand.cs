using System.Collections;
using System.Management.Automation;
using DLExperiments.Commands.Catalogues;
using DLExperiments.Models;

namespace DLExperiments.Commands.Models;

/// <summary>Sets weights of a model, in place.</summary>
/// <remarks>
/// All names, shapes and values are checked before the first weight changes.
/// </remarks>
[Cmdlet(VerbsCommon.Set, "Weight", DefaultParameterSetName = "Name", SupportsShouldProcess = true)]
[OutputType(typeof(Model))]
public sealed class SetWeightCommand : ExperimentCommand
{
    /// <summary>The model, or what carries one: the result of a training.</summary>
    [Parameter(Mandatory = true, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [ModelValue]
    public Model Model { get; set; } = null!;

    /// <summary>Full name of the weight: <c>linear_1.weight</c>.</summary>
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = "Name")]
    public string Name { get; set; } = "";

    /// <summary>The values: a nested list as <c>(0.5, 0.25), (1, 2)</c>, or a flat one in the same order.</summary>
    [Parameter(Mandatory = true, Position = 1, ParameterSetName = "Name")]
    [AllowNull]
    public object? Value { get; set; }

    /// <summary>Several weights at once: names and values.</summary>
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = "Table")]
    public IDictionary Weight { get; set; } = null!;

    /// <summary>Writes the model to the pipeline.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <inheritdoc/>
    protected override void Process()
    {
        IDictionary given = ParameterSetName == "Table" ? Weight : new Hashtable { [Name] = Value };
        // All names and values are checked before the first weight changes.
        var changes = given.Cast<DictionaryEntry>()
            .Select(item => (Tensor: Model.Weights[item.Key.ToString()!], item.Value))
            .Select(item => (item.Tensor, Values: item.Tensor.Flatten(CatalogueValueAttribute.Unwrap(item.Value)))).ToList();
        if (ShouldProcess(string.Join(", ", changes.Select(c => c.Tensor.Name)), "Set weight"))
        {
            foreach (var (tensor, values) in changes) values.CopyTo(tensor.Values, 0);
            Model.Dispose(); // engines kept for prediction hold the old weights
        }
        if (PassThru) WriteObject(Model);
    }
}
