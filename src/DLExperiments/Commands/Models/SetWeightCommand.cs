using System.Collections;
using System.Management.Automation;
using DLExperiments.Commands.Catalogues;
using DLExperiments.Data.Text;
using DLExperiments.Errors;
using DLExperiments.Models;
using DLExperiments.Networks;

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
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = "Vectors")]
    public string Name { get; set; } = "";

    /// <summary>The values: a nested list as <c>(0.5, 0.25), (1, 2)</c>, or a flat one in the same order.</summary>
    [Parameter(Mandatory = true, Position = 1, ParameterSetName = "Name")]
    [AllowNull]
    public object? Value { get; set; }

    /// <summary>Several weights at once: names and values.</summary>
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = "Table")]
    public IDictionary Weight { get; set; } = null!;

    /// <summary>A file of word vectors (GloVe, word2vec, fastText as text) for an embedding: a word and its numbers a line. Words that it lacks get zeros.</summary>
    [Parameter(Mandatory = true, ParameterSetName = "Vectors")]
    [ValidateNotNullOrEmpty]
    public string VectorPath { get; set; } = "";

    /// <summary>The words in the order of their numbers: those of a data set of texts are <c>$data.Features[0].Vocabulary.Tokens</c>.</summary>
    [Parameter(Mandatory = true, ParameterSetName = "Vectors")]
    public string[] Word { get; set; } = [];

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
            .Select(item => (item.Tensor, Values: ParameterSetName == "Vectors" ? ReadVectors(item.Tensor) : item.Tensor.Flatten(CatalogueValueAttribute.Unwrap(item.Value)))).ToList();
        if (ShouldProcess(string.Join(", ", changes.Select(c => c.Tensor.Name)), "Set weight"))
        {
            foreach (var (tensor, values) in changes) values.CopyTo(tensor.Values, 0);
            Model.Dispose(); // engines kept for prediction hold the old weights
        }
        if (PassThru) WriteObject(Model);
    }

    private float[] ReadVectors(WeightTensor tensor)
    {
        if (tensor.Shape.Count != 2 || tensor.Shape[0] < Word.Length)
            throw new ExperimentException("WeightShapeMismatch", ErrorKind.InvalidArgument,
                $"'{tensor.Name}' has the shape {tensor.Shape} and cannot hold a vector for each of {Word.Length} words.", tensor.Name);
        float[] values = (float[])tensor.Values.Clone();
        int found = WordVectors.Read(ResolveSources(VectorPath, literal: false)[0], Word, tensor.Shape[1], values);
        WriteVerbose($"{found} of {Word.Length} words have vectors in '{VectorPath}'; the others have zeros.");
        return values;
    }
}
