using DLExperiments.Data.Downloads;
using DLExperiments.Data.Formats;
using DLExperiments.Data.Tables;

namespace DLExperiments.Data.Named;

/// <summary>Base of the sets that are one table without a header, the target last.</summary>
public abstract class TableFile : NamedDataset
{
    /// <summary>How number columns are scaled; fitted on the training piece when training starts.</summary>
    public FeatureScaling Scale { get; set; }

    /// <summary>The columns' names, the target's last.</summary>
    private protected abstract string[] Columns { get; }

    /// <summary>Whether the target is a class or a quantity.</summary>
    private protected virtual TargetType TargetType => TargetType.Class;

    /// <inheritdoc/>
    public override Dataset Load(string folder, Action<string>? warn = null, CancellationToken cancellation = default) =>
        Read(new CsvFormat { Header = Columns }, Path.Combine(folder, Files[0].Name),
            new TableOptions { Target = [Columns[^1]], TargetType = TargetType, Scale = Scale }, warn, cancellation);

    /// <summary>A table of the collection at github.com/jbrownlee/Datasets.</summary>
    private protected static RemoteFile InCollection(string name, long bytes, string sha256) =>
        new(name, bytes, Checksum.SHA256(sha256), $"https://raw.githubusercontent.com/jbrownlee/Datasets/master/{name}");
}
