using System.Collections;
using System.Globalization;
using DLExperiments.Catalogues;
using DLExperiments.Data.Tables;
using DLExperiments.Errors;

namespace DLExperiments.Data.Transforms;

/// <summary>Gives classes other names, at once; several with one name become one class, as in digits below and from 5.</summary>
[CatalogueEntry("MapClass")]
public sealed class MapClass : ColumnStep
{
    /// <summary>The new name of each class that gets one; the others keep theirs.</summary>
    [Position(0)]
    public required Hashtable Map { get; set; }

    private protected override bool ChangesFeature => false;

    /// <inheritdoc/>
    /// <exception cref="ExperimentException">NotAClass; UnknownClass: the map names a class that the data does not have.</exception>
    private protected override Dataset Change(Dataset data)
    {
        ClassColumn column = ClassesOf(data);
        var map = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (DictionaryEntry pair in Map) map[Text(pair.Key)] = Text(pair.Value);
        if (map.Keys.FirstOrDefault(k => !column.ClassNames.Contains(k)) is { } unknown)
            throw new ExperimentException("UnknownClass", ErrorKind.InvalidArgument, $"MapClass: '{data.Name}' has no class '{unknown}'. {NearNames.Suggest(unknown, [.. column.ClassNames])}", unknown);
        string[] mapped = [.. column.ClassNames.Select(n => map.GetValueOrDefault(n, n))];
        string[] classes = [.. mapped.Distinct().Order(NaturalOrder.Instance)];
        int[] codes = new int[column.Count];
        for (int i = 0; i < codes.Length; i++) codes[i] = Array.IndexOf(classes, mapped[column.Codes[i]]);
        return data.WithFirstTarget(new ClassColumn(column.Name, codes, classes));
    }

    private static string Text(object? value) => Convert.ToString(value, CultureInfo.InvariantCulture) ?? "";
}
