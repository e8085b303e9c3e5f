using DLExperiments.Catalogues;
using DLExperiments.Data.Downloads;

namespace DLExperiments.Data.Named;

/// <summary>Eight medical measures of 768 women, and whether they had diabetes; a zero means missing in several columns.</summary>
[CatalogueEntry("PimaDiabetes")]
public sealed class PimaDiabetes : TableFile
{
    /// <inheritdoc/>
    public override string Task => "table classification";

    /// <inheritdoc/>
    public override int Rows => 768;

    /// <inheritdoc/>
    public override string Source => "National Institute of Diabetes and Digestive and Kidney Diseases; Smith et al. 1988";

    /// <inheritdoc/>
    public override string License => "none stated";

    /// <inheritdoc/>
    public override IReadOnlyList<RemoteFile> Files => [InCollection("pima-indians-diabetes.csv", 23278, "6bfe5d0f379d17a0e0819b996407e3c09bf80febd4287f2ed212190dfff154af")];

    private protected override string[] Columns => ["Pregnancies", "Glucose", "BloodPressure", "SkinThickness", "Insulin", "BMI", "Pedigree", "Age", "Outcome"];
}
