using System.Collections;
using System.Management.Automation;
using DLExperiments.Catalogues;
using DLExperiments.Commands.Catalogues;
using DLExperiments.Data;
using DLExperiments.Data.Downloads;
using DLExperiments.Data.Named;
using DLExperiments.Errors;

namespace DLExperiments.Commands.Data;

/// <summary>Lists public data sets by name, or loads one: MNIST, CIFAR10, IMDB and others, fetched once and kept.</summary>
/// <remarks>
/// <para>Without a name, or with wildcards, it lists what there is. With a name it loads the data set; what is not in the cache is
/// fetched first: with progress, going on where an earlier try broke off, verified by its checksum. Settings of the data set are
/// parameters too, as in Get-Dataset EMNIST Letters; -ListAvailable shows them.</para>
/// <para>The cache is the folder that -Root or the variable DLEXPERIMENTS_DATA names, else the user's own cache folder. Files that are
/// put there by hand need not be fetched.</para>
/// </remarks>
[Cmdlet(VerbsCommon.Get, "Dataset", SupportsShouldProcess = true)]
[OutputType(typeof(Dataset), typeof(NamedDatasetInfo))]
public sealed class GetDatasetCommand : ExperimentCommand, IDynamicParameters
{
    private const string MirrorVariable = "DLEXPERIMENTS_MIRROR";

    private DynamicCatalogueParameters? settings;

    /// <summary>Names to load, or wildcards to list; without a name all are listed.</summary>
    [Parameter(Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(CatalogueCompleter<NamedDataset>))]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    public string[] Name { get; set; } = ["*"];

    /// <summary>Shows what is known of a data set instead of loading it: size, source, licence, whether it is in the cache, settings.</summary>
    [Parameter]
    public SwitchParameter ListAvailable { get; set; }

    /// <summary>The cache folder; by default that of the variable DLEXPERIMENTS_DATA, else the user's own cache folder.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? Root { get; set; }

    /// <summary>
    /// Web addresses or folders to fetch from instead of the original ones, in this order; by default those of the variable
    /// DLEXPERIMENTS_MIRROR, with ; between. Each has a folder for each data set, with the files in it.
    /// </summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string[] Mirror { get; set; } = [];

    /// <summary>Fetches anew what is in the cache.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <summary>Seconds that a server may stay silent before the connection counts as broken.</summary>
    [Parameter]
    [ValidateRange(1, 86400)]
    public int TimeoutSec { get; set; } = 30;

    /// <summary>How often in a row a transfer that failed is tried again; one that got further than before does not count.</summary>
    [Parameter]
    [ValidateRange(0, 1000)]
    public int MaximumRetryCount { get; set; } = 4;

    /// <summary>Seconds before the second try; the wait doubles from try to try.</summary>
    [Parameter]
    [ValidateRange(0, 3600)]
    public int RetryIntervalSec { get; set; } = 1;

    /// <summary>Declares the settings of the data set that was typed.</summary>
    public object? GetDynamicParameters() =>
        Name is [var one] && !WildcardPattern.ContainsWildcardCharacters(one)
            ? (settings = new DynamicCatalogueParameters(Catalogue<NamedDataset>.Default, one, firstPosition: 1)).Dictionary
            : null;

    /// <inheritdoc/>
    protected override void Process()
    {
        var cache = new DataCache(Root is null ? null : ResolveTarget(Root));
        foreach (string name in Name)
        {
            try
            {
                if (ListAvailable || WildcardPattern.ContainsWildcardCharacters(name))
                    foreach (CatalogueEntry entry in CatalogueListing.Find(Catalogue<NamedDataset>.Default, name)) WriteObject(new NamedDatasetInfo(entry, cache));
                else Load(Catalogue<NamedDataset>.Default.Create(name, settings?.Values ?? new Hashtable()), cache);
            }
            catch (ExperimentException e) when (Name.Length > 1 || MyInvocation.ExpectingInput)
            {
                WriteError(e); // one set that is not to be had does not keep back the others
            }
        }
    }

    private void Load(NamedDataset set, DataCache cache)
    {
        if ((Force || !cache.Holds(set)) && !ShouldProcess(cache.FolderOf(set), $"Download {set.Name} ({set.Files.Sum(f => f.Bytes) / 1e6:0.#} MB)")) return;
        var patience = new DownloadSettings
        {
            Timeout = TimeSpan.FromSeconds(TimeoutSec),
            Retries = MaximumRetryCount,
            RetryInterval = TimeSpan.FromSeconds(RetryIntervalSec),
            Mirrors = [.. MirrorsGiven().Select(m => m.Contains("://", StringComparison.Ordinal) ? m : ResolveTarget(m))],
        };
        var shown = new DownloadProgressWriter(WriteProgress, set.Name);
        string folder = cache.Ensure(set, patience, Force, shown.Show, Cancellation);
        shown.Complete();
        WriteObject(set.Load(folder, WriteWarning, Cancellation));
    }

    private IEnumerable<string> MirrorsGiven() =>
        Mirror.Length > 0 ? Mirror : (Environment.GetEnvironmentVariable(MirrorVariable) ?? "").Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
}
