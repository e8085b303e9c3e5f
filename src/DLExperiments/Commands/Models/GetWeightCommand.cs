using System.Management.Automation;
using DLExperiments.Models;

namespace DLExperiments.Commands.Models;

/// <summary>Lists the weights of a model with their shapes and statistics; the values are in the property Values.</summary>
/// <remarks>
/// The names are those of the layers and their parameters: linear_1.weight, conv2d_1.bias. Batch normalisation lists its running
/// statistics too.
/// </remarks>
[Cmdlet(VerbsCommon.Get, "Weight")]
[OutputType(typeof(WeightInfo))]
public sealed class GetWeightCommand : ExperimentCommand
{
    /// <summary>The model, or what carries one: the result of a training.</summary>
    [Parameter(Mandatory = true, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [ModelValue]
    public Model Model { get; set; } = null!;

    /// <summary>Full names of weights; wildcards are allowed: <c>*.bias</c>.</summary>
    [Parameter(Position = 0)]
    [SupportsWildcards]
    public string[] Name { get; set; } = ["*"];

    /// <inheritdoc/>
    protected override void Process()
    {
        foreach (string name in Name)
        {
            if (!WildcardPattern.ContainsWildcardCharacters(name)) _ = Model.Weights[name];
            var pattern = new WildcardPattern(name, WildcardOptions.IgnoreCase);
            foreach (WeightInfo info in WeightInfo.List(Model).Where(i => pattern.IsMatch(i.Name))) WriteObject(info);
        }
    }
}
