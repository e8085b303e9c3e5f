using System.Collections;
using System.Management.Automation;
using DLExperiments.Catalogues;
using DLExperiments.Commands.Catalogues;
using DLExperiments.Data;
using DLExperiments.Data.Formats;
using DLExperiments.Errors;

namespace DLExperiments.Commands.Data;

/// <summary>Reads a data set from a file or a folder; the format is found from its content and name.</summary>
/// <remarks>
/// Tables (CSV, TSV, JSON lines) take the parameters about columns, as ConvertTo-Dataset does. The other formats (pictures, IDX,
/// CIFAR, NumPy, text, time series) know their columns, so that those parameters do not apply. Settings of the format are
/// parameters too: see the notes. A setting that only one fitting format has, as -Window, chooses that format. Of several files, one
/// that cannot be read is reported and the others are still read.
/// </remarks>
[Cmdlet(VerbsData.Import, "Dataset", DefaultParameterSetName = "Path")]
[OutputType(typeof(Dataset))]
public sealed class ImportDatasetCommand : TableCommand, IDynamicParameters
{
    private readonly RuntimeDefinedParameterDictionary settings = [];

    /// <summary>The files or folders; wildcards are expanded.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true, ParameterSetName = "Path")]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    public string[] Path { get; set; } = [];

    /// <summary>The files, taken as they are written.</summary>
    [Parameter(Mandatory = true, ValueFromPipelineByPropertyName = true, ParameterSetName = "LiteralPath")]
    [Alias("PSPath", "LP", "FullName")]
    [ValidateNotNullOrEmpty]
    public string[] LiteralPath { get; set; } = [];

    /// <summary>The format, when it is not to be found from the file.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(CatalogueCompleter<DataFormat>))]
    [ValidateNotNullOrEmpty]
    public string? Format { get; set; }

    /// <summary>Declares the settings of the format that was named, or of all formats when none was.</summary>
    public object GetDynamicParameters()
    {
        ICatalogue catalogue = Catalogue<DataFormat>.Default;
        settings.Clear();
        foreach (string name in Format is null ? catalogue.Entries.Select(e => e.Name) : [Format])
            foreach (RuntimeDefinedParameter parameter in new DynamicCatalogueParameters(catalogue, name, firstPosition: null).Dictionary.Values)
                settings.TryAdd(parameter.Name, parameter);
        return settings;
    }

    /// <inheritdoc/>
    protected override void Process()
    {
        bool literal = ParameterSetName == "LiteralPath";
        ForEachSource(literal ? LiteralPath : Path, literal, folders: true, file =>
        {
            CatalogueEntry entry = Format is null ? DatasetFile.FindFormat(file, [.. settings.Values.Where(p => p.IsSet).Select(p => p.Name)]) : Catalogue<DataFormat>.Default.Find(Format);
            DatasetFile.Verify(entry, file);
            var format = (DataFormat)entry.Create(Settings(entry, file));
            if (BoundTableParameters.FirstOrDefault(p => !format.TakesTableParameter(p)) is { } stray) throw NotASetting(entry, stray, file);
            WriteObject(format.Read(new ImportRequest(file, Name ?? DatasetFile.NameOf(file), Options, WriteWarning, Cancellation)));
        });
    }

    private Hashtable Settings(CatalogueEntry entry, string file)
    {
        var values = new Hashtable(StringComparer.OrdinalIgnoreCase);
        foreach (RuntimeDefinedParameter parameter in settings.Values.Where(p => p.IsSet))
        {
            if (!entry.Parameters.Any(p => p.Name == parameter.Name)) throw NotASetting(entry, parameter.Name, file);
            object? value = CatalogueValueAttribute.Unwrap(parameter.Value);
            // Settings that name files mean PowerShell's current folder, not the process's.
            values[parameter.Name] = value is string path && parameter.Name.EndsWith("Path", StringComparison.Ordinal) ? ResolveTarget(path) : value;
        }
        return values;
    }

    private static ExperimentException NotASetting(CatalogueEntry entry, string parameter, string file) =>
        new("UnknownParameter", ErrorKind.InvalidArgument,
            $"'{file}' is of the format {entry.Name}, to which -{parameter} does not apply.", parameter);
}
