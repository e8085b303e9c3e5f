using System.Management.Automation;
using DLExperiments.Catalogues;
using DLExperiments.Commands.Catalogues;
using DLExperiments.Commands.Reports;
using DLExperiments.Data;
using DLExperiments.Reports.Plots;

namespace DLExperiments.Commands.Data;

/// <summary>Shows what is in a data set, in the terminal or as a picture in a file.</summary>
/// <remarks>
/// Without -View the data decides: a grid of images, rows of text, points, lines over time, or histograms. The settings of the view that
/// is typed follow by name; they are those of the plots ImageGrid, ClassBalance, FeatureHistogram, AugmentationGallery, TextPreview,
/// Series and Scatter of Export-Plot. Rows are drawn at random, by -Seed, unless -InOrder is given.
/// </remarks>
[Cmdlet(VerbsCommon.Show, "Dataset", SupportsShouldProcess = true)]
[OutputType(typeof(string), typeof(FileInfo))]
public sealed class ShowDatasetCommand : ExperimentCommand, IDynamicParameters
{
    private DynamicCatalogueParameters? settings;
    private string? target;

    /// <summary>The data set, or a piece of one.</summary>
    [Parameter(Mandatory = true, ValueFromPipeline = true)]
    public Dataset? Dataset { get; set; }

    /// <summary>What to look at: Image, Class, Histogram, Augmentation, Text, Series or Scatter; by default what suits the data.</summary>
    [Parameter(Position = 0)]
    public DatasetView View { get; set; }

    /// <summary>The file to write, ending in .svg or .png; without it the terminal shows the data.</summary>
    [Parameter(Position = 1)]
    [ValidateNotNullOrEmpty]
    public string? Path { get; set; }

    /// <summary>Seed of the choice of rows.</summary>
    [Parameter]
    public long Seed { get; set; }

    /// <summary>Takes the first rows instead of some at random.</summary>
    [Parameter]
    public SwitchParameter InOrder { get; set; }

    /// <summary>Characters in a line of the terminal, 30 to 1000; by default its width, at most 120.</summary>
    [Parameter]
    [ValidateRange(30, 1000)]
    public int? Width { get; set; }

    /// <summary>Lines of each chart in the terminal, 8 to 500.</summary>
    [Parameter]
    [ValidateRange(8, 500)]
    public int Height { get; set; } = 14;

    /// <summary>Leaves colours out; they also are when the environment variable NO_COLOR is set or the terminal has none.</summary>
    [Parameter]
    public SwitchParameter NoColor { get; set; }

    /// <summary>Replaces an existing file.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <summary>Writes the file to the pipeline.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <summary>Declares the settings of the view that was typed.</summary>
    public object GetDynamicParameters()
    {
        settings = new DynamicCatalogueParameters(Catalogue<Plot>.Default, View == DatasetView.Auto ? null : DatasetViews.PlotOf(View), firstPosition: null,
            [nameof(Width), nameof(Height), nameof(Dataset), nameof(Seed)]);
        return settings.Dictionary;
    }

    /// <inheritdoc/>
    protected override void Begin()
    {
        if (Path is null) return;
        target = ResolveTarget(Path, Force);
        PlotFile.IsPng(target);
    }

    /// <inheritdoc/>
    protected override void Process()
    {
        DatasetView view = View == DatasetView.Auto ? DatasetViews.Choose(Dataset!) : View;
        Plot plot = Catalogue<Plot>.Default.Create(DatasetViews.PlotOf(view), settings?.Values);
        var data = new PlotData([DatasetViews.Arrange(Dataset!, view, InOrder ? null : Seed)]);
        if (target is null)
            WriteObject(PlotFile.ToText(plot, data, Width ?? TerminalWidth.Of(Host), Height, !NoColor && TerminalWidth.HasColour(Host)), enumerateCollection: true);
        else if (ShouldProcess(target, "Export plot"))
        {
            PlotFile.Export(plot, data, target, Force);
            if (PassThru) WriteFile(target);
        }
    }
}
