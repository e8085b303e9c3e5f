using DLExperiments.Catalogues;
using DLExperiments.Data.Downloads;

namespace DLExperiments.Data.Named;

/// <summary>Measures of 150 flowers in cm, three species of 50.</summary>
[CatalogueEntry("Iris")]
public sealed class Iris : TableFile
{
    /// <inheritdoc/>
    public override string Task => "table classification";

    /// <inheritdoc/>
    public override int Rows => 150;

    /// <inheritdoc/>
    public override string Source => "Fisher 1936; https://archive.ics.uci.edu/dataset/53/iris";

    /// <inheritdoc/>
    public override string License => "CC BY 4.0";

    /// <inheritdoc/>
    public override IReadOnlyList<RemoteFile> Files => [InCollection("iris.csv", 4549, "f5d0c11e5c78a69a20dbb80baf2b24703f59a6687595752abb397d23732647c5")];

    private protected override string[] Columns => ["SepalLength", "SepalWidth", "PetalLength", "PetalWidth", "Species"];
}
