using DLExperiments.Catalogues;
using DLExperiments.Networks;

namespace DLExperiments.Data.Transforms;

/// <summary>Makes the class target a row of numbers, at once: 1 for the own class, 0 for the others.</summary>
[CatalogueEntry("OneHot")]
public sealed class OneHot : ColumnStep
{
    private protected override bool ChangesFeature => false;

    private protected override Dataset Change(Dataset data)
    {
        ClassColumn column = ClassesOf(data);
        int classes = column.ClassNames.Count;
        float[] values = new float[column.Count * classes];
        for (int i = 0; i < column.Count; i++) values[i * classes + column.Codes[i]] = 1;
        return data.WithFirstTarget(new FloatColumn(column.Name, new Shape(classes), values));
    }
}
