using System.Management.Automation;
using DLExperiments.Catalogues;
using DLExperiments.Commands.Catalogues;
using DLExperiments.Data;
using DLExperiments.Data.Synthetic;

namespace DLExperiments.Commands.Data;

/// <summary>Makes a synthetic data set: moons, spirals, handwritten-looking digits and others; no file or network is needed.</summary>
/// <remarks>
/// The settings of the generator follow its name: the number of rows by position, the others by name. The notes list them. The
/// same seed gives the same data.
/// </remarks>
[Cmdlet(VerbsCommon.New, "Dataset")]
[OutputType(typeof(Dataset))]
public sealed class NewDatasetCommand : ExperimentCommand, IDynamicParameters
{
    private DynamicCatalogueParameters? settings;

    /// <summary>What to make; its settings follow by name.</summary>
    [Parameter(Mandatory = true, Position = 0)]
    [ArgumentCompleter(typeof(CatalogueCompleter<DatasetGenerator>))]
    public string Generator { get; set; } = "";

    /// <summary>The data set's name in reports; by default the generator's.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? Name { get; set; }

    /// <summary>Declares the settings of the generator that was typed.</summary>
    public object GetDynamicParameters()
    {
        settings = new DynamicCatalogueParameters(Catalogue<DatasetGenerator>.Default, Generator.Length > 0 ? Generator : null, firstPosition: 1);
        return settings.Dictionary;
    }

    /// <inheritdoc/>
    protected override void Process()
    {
        Dataset made = Catalogue<DatasetGenerator>.Default.Create(Generator, settings?.Values).Generate(Cancellation);
        WriteObject(Name is null ? made : made.Rename(Name));
    }
}
