using DLExperiments.Catalogues;
using DLExperiments.Data.Downloads;
using DLExperiments.Data.Formats;

namespace DLExperiments.Data.Named;

/// <summary>Small colour photographs, 3 x 32 x 32: 50,000 to train on and 10,000 to test on, 100 classes in 20 groups.</summary>
[CatalogueEntry("CIFAR100")]
public sealed class Cifar100 : NamedDataset
{
    /// <summary>The 20 groups as classes instead of the 100 fine ones.</summary>
    public bool Coarse { get; set; }

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
        [new("cifar-100-binary.tar.gz", 168513733, Checksum.MD5("03b5dce01913d631647c71ecec9e9cb8"), "https://www.cs.toronto.edu/~kriz/cifar-100-binary.tar.gz")];

    /// <inheritdoc/>
    public override Dataset Load(string folder, Action<string>? warn = null, CancellationToken cancellation = default) =>
        Read(new CifarFormat { Coarse = Coarse }, Path.Combine(folder, "cifar-100-binary"), null, warn, cancellation);
}
