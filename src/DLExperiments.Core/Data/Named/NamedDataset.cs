using DLExperiments.Catalogues;
using DLExperiments.Data.Downloads;
using DLExperiments.Data.Formats;
using DLExperiments.Data.Tables;

namespace DLExperiments.Data.Named;

/// <summary>A public data set that is known by its name: where its files lie, what they must add up to, and how they are read. Its properties are its settings.</summary>
[Catalogue("dataset")]
public abstract class NamedDataset
{
    /// <summary>What people call it; also its folder in the cache.</summary>
    public string Name => Catalogue<NamedDataset>.Default.EntryOf(this).Name;

    /// <summary>What it is used for, in a few words.</summary>
    public abstract string Task { get; }

    /// <summary>How many rows it has with the default settings.</summary>
    public abstract int Rows { get; }

    /// <summary>Who made it, and where it is described.</summary>
    public abstract string Source { get; }

    /// <summary>Under which licence it is given, as its makers say.</summary>
    public abstract string License { get; }

    /// <summary>The files to fetch; one of them at most is an archive.</summary>
    public abstract IReadOnlyList<RemoteFile> Files { get; }

    /// <summary>How many bytes the archive may have unpacked.</summary>
    internal virtual long UnpackedLimit => 4L << 30;

    /// <summary>Whether a member of the archive is needed.</summary>
    internal virtual bool Includes(string member) => true;

    /// <summary>Reads the data set from its files.</summary>
    /// <param name="folder">The folder with the files, or what the archive was unpacked to.</param>
    /// <param name="warn">Told of what the user should know.</param>
    /// <param name="cancellation">Stops the reading.</param>
    /// <exception cref="Errors.ExperimentException">A file is not what it should be.</exception>
    public abstract Dataset Load(string folder, Action<string>? warn = null, CancellationToken cancellation = default);

    /// <summary>Reads a file or folder in a format, under the name of the data set.</summary>
    private protected Dataset Read(DataFormat format, string path, TableOptions? table, Action<string>? warn, CancellationToken cancellation) =>
        format.Read(new ImportRequest(path, Name, table ?? new TableOptions(), warn, cancellation));
}
