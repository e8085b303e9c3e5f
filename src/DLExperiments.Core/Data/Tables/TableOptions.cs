namespace DLExperiments.Data.Tables;

/// <summary>How the columns of a table are chosen and become features and targets.</summary>
public sealed class TableOptions
{
    /// <summary>Target columns: names, wildcards, or places (0 the first, -1 the last). None for data to predict on.</summary>
    public IReadOnlyList<string> Target { get; init; } = [];

    /// <summary>Feature columns: names, wildcards or places; none means all that are not targets.</summary>
    public IReadOnlyList<string> Feature { get; init; } = [];

    /// <summary>Columns that are neither, whatever else is said: names, wildcards or places.</summary>
    public IReadOnlyList<string> Exclude { get; init; } = [];

    /// <summary>The column that says how much each row counts in training, a name or a place; null when all count alike. It goes with a schema too.</summary>
    public string? SampleWeight { get; init; }

    /// <summary>Columns to read as numbers, each other value being an error: names, wildcards or places.</summary>
    public IReadOnlyList<string> Number { get; init; } = [];

    /// <summary>Columns to read as categories even if they hold numbers: names, wildcards or places.</summary>
    public IReadOnlyList<string> Text { get; init; } = [];

    /// <summary>What a target column is read as.</summary>
    public TargetType TargetType { get; init; }

    /// <summary>How text features become numbers.</summary>
    public TextEncoding TextEncoding { get; init; }

    /// <summary>What is done about missing values.</summary>
    public MissingPolicy Missing { get; init; }

    /// <summary>Texts that count as missing, without regard to case; empty text, null and NaN always do.</summary>
    public IReadOnlyList<string> MissingValue { get; init; } = [];

    /// <summary>The number that <see cref="MissingPolicy.Constant"/> puts in.</summary>
    public double FillValue { get; init; }

    /// <summary>How number columns are scaled.</summary>
    public FeatureScaling Scale { get; init; }

    /// <summary>
    /// The schema of an earlier data set or model: columns are chosen and encoded exactly as there, so that classes and categories keep their
    /// places. Only <see cref="Missing"/> (refuse or drop), <see cref="MissingValue"/> and <see cref="SampleWeight"/> may be set beside it.
    /// </summary>
    public TableSchema? Schema { get; init; }
}
