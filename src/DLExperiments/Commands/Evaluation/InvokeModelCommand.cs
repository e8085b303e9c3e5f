using System.Collections;
using System.Management.Automation;
using DLExperiments.Commands.Catalogues;
using DLExperiments.Commands.Models;
using DLExperiments.Data;
using DLExperiments.Errors;
using DLExperiments.Evaluation;
using DLExperiments.Models;

namespace DLExperiments.Commands.Evaluation;

/// <summary>Predicts with a model: one object for each row of a data set or of the pipeline.</summary>
/// <remarks>
/// A row is an object or hashtable with the columns of the table that the model was trained on, a list of numbers, or a text for a model
/// of text (a string, or the property Text). It is scaled and encoded as the model learnt to, and numbers come in the target's own units. A classifier gives the class, its probability and those of the other classes; a
/// regressor gives the number. Where the data has targets, the prediction carries the actual value too. A bad row is reported as
/// an error and the others are still predicted. A model with several outputs gives a property for each by its name, and the details of each in the
/// property Outputs.
/// </remarks>
[Cmdlet(VerbsLifecycle.Invoke, "Model")]
[OutputType(typeof(ClassPrediction), typeof(ValuePrediction), typeof(MultiPrediction))]
public sealed class InvokeModelCommand : ExperimentCommand
{
    private Predictor predictor = null!;
    private int row;

    /// <summary>The model, or what carries one: the result of a training.</summary>
    [Parameter(Mandatory = true, Position = 0)]
    [ModelValue]
    public Model Model { get; set; } = null!;

    /// <summary>A data set, or one row: an object with the columns of the model's table, a hashtable, a list of numbers, or a text.</summary>
    [Parameter(Mandatory = true, ValueFromPipeline = true)]
    [Alias("Dataset")]
    public PSObject InputObject { get; set; } = null!;

    /// <summary>Layers whose results are wanted too: in the property Layers of each prediction, by name, with shape and values. A block gives its result.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string[] Layer { get; set; } = [];

    /// <summary>Outputs to predict; all by default, but for auxiliary ones. One alone gives its plain prediction.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string[] Output { get; set; } = [];

    /// <inheritdoc/>
    protected override void Begin() => predictor = new Predictor(Model, Layer, Output);

    /// <inheritdoc/>
    protected override void Process()
    {
        if (InputObject.BaseObject is Dataset data)
        {
            foreach (RowPrediction prediction in predictor.Predict(data, Cancellation)) WriteObject(Show(prediction));
            return;
        }
        try
        {
            WriteObject(Show(InputObject.BaseObject is string text ? predictor.Predict(text, row, InputObject)
                : InputObject.BaseObject is IEnumerable list and not IDictionary
                ? predictor.Predict(null, (IEnumerable)CatalogueValueAttribute.Unwrap(list.Cast<object?>().ToArray())!, row, InputObject)
                : predictor.Predict(Cell, null, row, InputObject)));
        }
        catch (ExperimentException e) when (e.Kind == ErrorKind.InvalidData)
        {
            WriteError(e); // one bad row is reported; the others are still predicted
        }
        row++;
    }

    /// <summary>A prediction of several outputs gets a property for each, so that it sorts, groups and exports.</summary>
    private static object Show(RowPrediction prediction)
    {
        if (prediction is not MultiPrediction several) return prediction;
        var shown = new PSObject(several);
        foreach (DictionaryEntry output in several.Outputs)
            if (shown.Properties[(string)output.Key] is null)
                shown.Properties.Add(new PSNoteProperty((string)output.Key, output.Value switch
                {
                    ClassPrediction choice => choice.Prediction,
                    ValuePrediction { Values: [var number] } => number,
                    ValuePrediction numbers => numbers.Values,
                    var other => other,
                }));
        return shown;
    }

    private object? Cell(string column)
    {
        if (InputObject.BaseObject is IDictionary table) return CatalogueValueAttribute.Unwrap(table[column]);
        return CatalogueValueAttribute.Unwrap(InputObject.Properties[column]?.Value);
    }
}
