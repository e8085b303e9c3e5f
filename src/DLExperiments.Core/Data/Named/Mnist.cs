using DLExperiments.Catalogues;
using DLExperiments.Data.Downloads;

namespace DLExperiments.Data.Named;

/// <summary>Handwritten digits, 28 x 28 grey pixels: 60,000 to train on and 10,000 to test on, ten classes.</summary>
[CatalogueEntry("MNIST")]
public sealed class Mnist : DigitFiles
{
    /// <inheritdoc/>
    public override string Task => "image classification";

    /// <inheritdoc/>
    public override int Rows => 70000;

    /// <inheritdoc/>
    public override string Source => "LeCun, Cortes, Burges 1998; http://yann.lecun.com/exdb/mnist/";

    /// <inheritdoc/>
    public override string License => "CC BY-SA 3.0";

    /// <inheritdoc/>
    public override IReadOnlyList<RemoteFile> Files => Four(["https://ossci-datasets.s3.amazonaws.com/mnist/", "https://storage.googleapis.com/cvdf-datasets/mnist/"],
        (9912422, "f68b3c2dcbeaaa9fbdd348bbdeb94873"), (28881, "d53e105ee54ea40749a09fcbcd1e9432"),
        (1648877, "9fb629c4189551a2d022fa330f9573f3"), (4542, "ec29112dd5afa0611ce80d1b7f02629c"));
}
