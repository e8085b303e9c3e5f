using DLExperiments.Catalogues;
using DLExperiments.Networks;

namespace DLExperiments.Data.Transforms;

/// <summary>Makes each item of the first feature one row of numbers, at once: [1,28,28] becomes [784].</summary>
[CatalogueEntry("Flatten")]
public sealed class Flatten : ColumnStep
{
    private protected override Dataset Change(Dataset data)
    {
        DataColumn column = data.Features[0];
        var shape = new Shape(column.ItemShape.ElementCount);
        return data.WithFeature(column is PixelColumn pixels ? pixels.Reshape(shape) : new FloatColumn(column.Name, shape, ReadAll(column)));
    }
}
