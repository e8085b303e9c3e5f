using DLExperiments.Catalogues;
using DLExperiments.Data.Downloads;
using DLExperiments.Data.Formats;

namespace DLExperiments.Data.Named;

/// <summary>Handwritten digits and letters, 28 x 28 grey pixels, in several arrangements; the classes are named by their characters.</summary>
[CatalogueEntry("EMNIST")]
public sealed class Emnist : DigitFiles
{
    /// <summary>Which arrangement.</summary>
    [Position(0)]
    public EmnistSplit Split { get; set; }

    /// <inheritdoc/>
    public override string Task => "image classification";

    /// <inheritdoc/>
    public override int Rows => 131600;

    /// <inheritdoc/>
    public override string Source => "Cohen et al. 2017; https://www.nist.gov/itl/products-and-services/emnist-dataset";

    /// <inheritdoc/>
    public override string License => "none stated; a work of NIST";

    /// <inheritdoc/>
    public override IReadOnlyList<RemoteFile> Files =>
        [new("gzip.zip", 561753746, Checksum.MD5("58c8d27c78d21e728a6bc7b3cc06412e"), "https://biometrics.nist.gov/cs_links/EMNIST/gzip.zip")];

    /// <inheritdoc/>
    public override Dataset Load(string folder, Action<string>? warn = null, CancellationToken cancellation = default)
    {
        string start = Path.Combine(folder, "gzip", $"emnist-{Split.ToString().ToLowerInvariant()}");
        return Join($"{start}-train-images-idx3-ubyte.gz", $"{start}-test-images-idx3-ubyte.gz",
            () => new IdxFormat { Flatten = Flatten, Transpose = true, MappingPath = $"{start}-mapping.txt" }, warn, cancellation);
    }
}
