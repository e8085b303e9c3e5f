using System.Collections;
using System.Management.Automation;
using DLExperiments.Catalogues;
using DLExperiments.Commands.Catalogues;
using DLExperiments.Reports.Plots;

namespace DLExperiments.Commands.Reports;

/// <summary>Base of the cmdlets that draw: the kind with its settings, and the objects from the pipeline.</summary>
public abstract class PlotCommand : ExperimentCommand, IDynamicParameters
{
    private readonly List<object> items = [];
    private DynamicCatalogueParameters? settings;

    /// <summary>The kind of picture: LearningCurve, Line, Bar, Scatter, Histogram, HeatMap, ConfusionMatrix, ...; its settings follow by name.</summary>
    [Parameter(Mandatory = true, Position = 0)]
    [ArgumentCompleter(typeof(CatalogueCompleter<Plot>))]
    public string Type { get; set; } = "";

    /// <summary>What to draw: results of trainings, epochs, measures, predictions, data sets, or any objects with properties.</summary>
    [Parameter(Mandatory = true, ValueFromPipeline = true)]
    [AllowNull]
    public PSObject? InputObject { get; set; }

    /// <summary>Declares the settings of the kind that was typed.</summary>
    public object GetDynamicParameters()
    {
        settings = new DynamicCatalogueParameters(Catalogue<Plot>.Default, Type.Length > 0 ? Type : null, firstPosition: null, Own);
        return settings.Dictionary;
    }

    /// <summary>Settings that the cmdlet has in a meaning of its own.</summary>
    protected virtual string[] Own => [];

    /// <inheritdoc/>
    protected override void Begin() => Catalogue<Plot>.Default.Find(Type);

    /// <inheritdoc/>
    protected override void Process()
    {
        if (InputObject is null) return;
        // Objects of scripts have their properties on the wrapper only; rows of lists and plain values are read as they are.
        items.Add(InputObject.BaseObject is PSCustomObject ? InputObject
            : InputObject.BaseObject is IList or IDictionary or string or ValueType ? CatalogueValueAttribute.Unwrap(InputObject)! : InputObject);
    }

    /// <summary>The plot with its settings.</summary>
    protected Plot CreatePlot() => Catalogue<Plot>.Default.Create(Type, settings?.Values);

    /// <summary>What came through the pipeline.</summary>
    protected PlotData CollectData() => PlotSource.Of(items);
}
