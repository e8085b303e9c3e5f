using System.ComponentModel.DataAnnotations;
using DLExperiments.Catalogues;
using DLExperiments.Data.Downloads;
using DLExperiments.Data.Formats;

namespace DLExperiments.Data.Named;

/// <summary>Colour photographs of 200 classes, 3 x 64 x 64: 100,000 to train on and 10,000, the official validation pictures, to test on.</summary>
[CatalogueEntry("TinyImageNet")]
public sealed class TinyImageNet : NamedDataset
{
    /// <summary>How many pictures of each class, the last of its 500, go from Train to Validation; with none, Test serves for both.</summary>
    [Range(0, 499)]
    public int HoldOut { get; set; }

    /// <summary>Height and width that the pictures are brought to, or one number for both; 64 by default.</summary>
    [Range(1, 65535)]
    public int[] Size { get; set; } = [];

    /// <inheritdoc/>
    public override string Task => "image classification";

    /// <inheritdoc/>
    public override int Rows => 110000;

    /// <inheritdoc/>
    public override string Source => "Le, Yang 2015; http://cs231n.stanford.edu/";

    /// <inheritdoc/>
    public override string License => "none stated; the photographs are their owners'";

    /// <inheritdoc/>
    public override IReadOnlyList<RemoteFile> Files =>
        [new("tiny-imagenet-200.zip", 248100043, Checksum.MD5("90528d7ca1a48142e341f4ef8d21d0de"), "http://cs231n.stanford.edu/tiny-imagenet-200.zip")];

    /// <inheritdoc/>
    internal override bool Includes(string member) => !member.Contains("/test/", StringComparison.Ordinal);

    /// <inheritdoc/>
    public override Dataset Load(string folder, Action<string>? warn = null, CancellationToken cancellation = default) =>
        Read(new TinyImageNetFormat { HoldOut = HoldOut, Size = Size }, Path.Combine(folder, "tiny-imagenet-200"), null, warn, cancellation);
}
