using DLExperiments.Catalogues;
using DLExperiments.Data.Downloads;
using DLExperiments.Data.Formats;

namespace DLExperiments.Data.Named;

/// <summary>Small colour photographs, 3 x 32 x 32: 50,000 to train on and 10,000 to test on, ten classes.</summary>
[CatalogueEntry("CIFAR10")]
public sealed class Cifar10 : NamedDataset
{
    /// <inheritdoc/>
    public override string Task => "image classification";

    /// <inheritdoc/>
    public override int Rows => 60000;

    /// <inheritdoc/>
    public override string Source => "Krizhevsky 2009; https://www.cs.toronto.edu/~kriz/cifar.html";

    /// <inheritdoc/>
    public override string License => "none stated; the makers ask to be cited";

    /// <inheritdoc/>
    public override IReadOnlyList<RemoteFile> Files =>
        [new("cifar-10-binary.tar.gz", 170052171, Checksum.MD5("c32a1d4ab5d03f1284b67883e8d87530"), "https://www.cs.toronto.edu/~kriz/cifar-10-binary.tar.gz")];

    /// <inheritdoc/>
    public override Dataset Load(string folder, Action<string>? warn = null, CancellationToken cancellation = default) =>
        Read(new CifarFormat(), Path.Combine(folder, "cifar-10-batches-bin"), null, warn, cancellation);
}
