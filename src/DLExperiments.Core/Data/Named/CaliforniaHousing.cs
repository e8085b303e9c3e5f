using DLExperiments.Catalogues;
using DLExperiments.Data.Downloads;
using DLExperiments.Data.Formats;
using DLExperiments.Data.Tables;
using DLExperiments.Data.Transforms;
using DLExperiments.Networks;

namespace DLExperiments.Data.Named;

/// <summary>
/// Districts of California in the census of 1990: eight numbers (income, age of the houses, rooms, bedrooms and people a household, people, place)
/// and the median house value in units of 100,000 dollars, as scikit-learn prepares them.
/// </summary>
[CatalogueEntry("CaliforniaHousing")]
public sealed class CaliforniaHousing : NamedDataset
{
    private static readonly string[] Raw = ["longitude", "latitude", "age", "rooms", "bedrooms", "population", "households", "income", "value"];
    private static readonly string[] Names = ["MedInc", "HouseAge", "AveRooms", "AveBedrms", "Population", "AveOccup", "Latitude", "Longitude"];

    /// <summary>How number columns are scaled; fitted on the training piece when training starts.</summary>
    public FeatureScaling Scale { get; set; }

    /// <inheritdoc/>
    public override string Task => "table regression";

    /// <inheritdoc/>
    public override int Rows => 20640;

    /// <inheritdoc/>
    public override string Source => "Pace, Barry 1997; https://doi.org/10.6084/m9.figshare.3829992";

    /// <inheritdoc/>
    public override string License => "CC BY 4.0";

    /// <inheritdoc/>
    public override IReadOnlyList<RemoteFile> Files =>
    [
        new("cal_housing.tgz", 441963, Checksum.SHA256("aaa5c9a6afe2225cc2aed2723682ae403280c4a3695a2ddda4ffb5d8215ea681"),
            "https://ndownloader.figshare.com/files/5976036", "https://www.dcc.fc.up.pt/~ltorgo/Regression/cal_housing.tgz"),
    ];

    /// <inheritdoc/>
    public override Dataset Load(string folder, Action<string>? warn = null, CancellationToken cancellation = default)
    {
        Dataset raw = Read(new CsvFormat { Header = Raw }, Path.Combine(folder, "CaliforniaHousing", "cal_housing.data"), new TableOptions { Number = Raw }, warn, cancellation);
        ReadOnlySpan<float> cells = ((FloatColumn)raw.Features[0]).Values;
        float[] features = new float[raw.Count * Names.Length], values = new float[raw.Count];
        for (int r = 0; r < raw.Count; r++)
        {
            ReadOnlySpan<float> row = cells.Slice(r * Raw.Length, Raw.Length);
            float households = row[6];
            new[] { row[7], row[2], row[3] / households, row[4] / households, row[5], row[5] / households, row[1], row[0] }.CopyTo(features, r * Names.Length);
            values[r] = row[8] / 100000;
        }
        var schema = new TableSchema(Names.Select(Number), [Number("MedHouseVal")]);
        Transform[] steps = Scale switch { FeatureScaling.Standardize => [new Standardize()], FeatureScaling.MinMax => [new MinMax()], _ => [] };
        return Dataset.Create(Name, [new FloatColumn("Features", new Shape(Names.Length), features)], [new FloatColumn("MedHouseVal", new Shape(), values)], schema, steps);
    }

    private static TableColumn Number(string name) => new(name, ColumnEncoding.Number, []);
}
