using DLExperiments.Catalogues;
using DLExperiments.Data.Downloads;

namespace DLExperiments.Data.Named;

/// <summary>Cursive Japanese characters, 28 x 28 grey pixels: 60,000 to train on and 10,000 to test on, ten classes.</summary>
[CatalogueEntry("KMNIST")]
public sealed class Kmnist : DigitFiles
{
    /// <inheritdoc/>
    public override string Task => "image classification";

    /// <inheritdoc/>
    public override int Rows => 70000;

    /// <inheritdoc/>
    public override string Source => "Clanuwat et al. 2018; http://codh.rois.ac.jp/kmnist/";

    /// <inheritdoc/>
    public override string License => "CC BY-SA 4.0";

    /// <inheritdoc/>
    public override IReadOnlyList<RemoteFile> Files => Four(["http://codh.rois.ac.jp/kmnist/dataset/kmnist/"],
        (18165135, "bdb82020997e1d708af4cf47b453dcf7"), (29497, "e144d726b3acfaa3e44228e80efcd344"),
        (3041136, "5c965bf0a639b31b8f53240b1b52f4d7"), (5120, "7320c461ea6c1c855c0b718fb2a4b134"));

    private protected override string[] ClassNames => ["o", "ki", "su", "tsu", "na", "ha", "ma", "ya", "re", "wo"];
}
