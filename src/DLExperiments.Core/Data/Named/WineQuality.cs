using DLExperiments.Catalogues;
using DLExperiments.Data.Downloads;

namespace DLExperiments.Data.Named;

/// <summary>Eleven chemical measures of 4,898 white wines, and how good tasters found them, from 3 to 9.</summary>
[CatalogueEntry("WineQuality")]
public sealed class WineQuality : TableFile
{
    /// <inheritdoc/>
    public override string Task => "table classification";

    /// <inheritdoc/>
    public override int Rows => 4898;

    /// <inheritdoc/>
    public override string Source => "Cortez et al. 2009; https://archive.ics.uci.edu/dataset/186/wine+quality";

    /// <inheritdoc/>
    public override string License => "CC BY 4.0";

    /// <inheritdoc/>
    public override IReadOnlyList<RemoteFile> Files => [InCollection("winequality-white.csv", 264255, "659d419fff887f225bf977d20520bb64a64cae203e460087f809721d4430ba27")];

    private protected override string[] Columns => ["FixedAcidity", "VolatileAcidity", "CitricAcid", "ResidualSugar", "Chlorides", "FreeSulfurDioxide", "TotalSulfurDioxide", "Density", "PH", "Sulphates", "Alcohol", "Quality"];
}
