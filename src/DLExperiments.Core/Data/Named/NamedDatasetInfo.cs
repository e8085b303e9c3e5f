using DLExperiments.Catalogues;
using DLExperiments.Data.Downloads;

namespace DLExperiments.Data.Named;

/// <summary>What there is to know of a named data set without loading it.</summary>
public sealed class NamedDatasetInfo
{
    /// <summary>Looks a data set up.</summary>
    /// <param name="entry">Its entry in the catalogue.</param>
    /// <param name="cache">Where it would be kept.</param>
    public NamedDatasetInfo(CatalogueEntry entry, DataCache cache)
    {
        var set = (NamedDataset)entry.Create();
        Name = entry.Name;
        Description = entry.Description;
        Task = set.Task;
        Rows = set.Rows;
        DownloadBytes = set.Files.Sum(f => f.Bytes);
        IsCached = cache.Holds(set);
        Folder = cache.FolderOf(set);
        Address = [.. set.Files.Select(f => f.Addresses[0])];
        Source = set.Source;
        License = set.License;
        Parameters = entry.Parameters;
    }

    /// <summary>Its name.</summary>
    public string Name { get; }

    /// <summary>What is in it.</summary>
    public string Description { get; }

    /// <summary>What it is used for, in a few words.</summary>
    public string Task { get; }

    /// <summary>How many rows it has with the default settings.</summary>
    public int Rows { get; }

    /// <summary>How many bytes are fetched.</summary>
    public long DownloadBytes { get; }

    /// <summary>Whether all its files are in the cache.</summary>
    public bool IsCached { get; }

    /// <summary>Its folder in the cache: files that are put there by hand need not be fetched.</summary>
    public string Folder { get; }

    /// <summary>Where its files lie.</summary>
    public IReadOnlyList<string> Address { get; }

    /// <summary>Who made it, and where it is described.</summary>
    public string Source { get; }

    /// <summary>Under which licence it is given, as its makers say.</summary>
    public string License { get; }

    /// <summary>Its settings: parameters of Get-Dataset.</summary>
    public IReadOnlyList<CatalogueParameter> Parameters { get; }
}
