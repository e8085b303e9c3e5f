using DLExperiments.Catalogues;
using DLExperiments.Data.Downloads;

namespace DLExperiments.Data.Named;

/// <summary>Pictures of clothes, 28 x 28 grey pixels: 60,000 to train on and 10,000 to test on, ten classes.</summary>
[CatalogueEntry("FashionMNIST")]
public sealed class FashionMnist : DigitFiles
{
    /// <inheritdoc/>
    public override string Task => "image classification";

    /// <inheritdoc/>
    public override int Rows => 70000;

    /// <inheritdoc/>
    public override string Source => "Xiao, Rasul, Vollgraf 2017; https://github.com/zalandoresearch/fashion-mnist";

    /// <inheritdoc/>
    public override string License => "MIT";

    /// <inheritdoc/>
    public override IReadOnlyList<RemoteFile> Files => Four(
        ["http://fashion-mnist.s3-website.eu-central-1.amazonaws.com/", "https://raw.githubusercontent.com/zalandoresearch/fashion-mnist/master/data/fashion/"],
        (26421880, "8d4fb7e6c68d591d4c3dfef9ec88bf0d"), (29515, "25c81989df183df01b3e8a0aad5dffbe"),
        (4422102, "bef4ecab320f06d8554ea6380940ec79"), (5148, "bb300cfdad3c16e7a12a480ee83cd310"));

    private protected override string[] ClassNames => ["T-shirt/top", "Trouser", "Pullover", "Dress", "Coat", "Sandal", "Shirt", "Sneaker", "Bag", "Ankle boot"];
}
