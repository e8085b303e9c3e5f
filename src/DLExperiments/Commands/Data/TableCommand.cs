using System.Management.Automation;
using DLExperiments.Data.Tables;

namespace DLExperiments.Commands.Data;

/// <summary>Base of the cmdlets that make data sets of tables: how columns are chosen and become features and targets.</summary>
public abstract class TableCommand : ExperimentCommand
{
    /// <summary>Target columns: names, wildcards or places (0 the first, -1 the last). None for data to predict on.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(ColumnCompleter))]
    [ValidateNotNullOrEmpty]
    public string[] Target { get; set; } = [];

    /// <summary>Feature columns: names, wildcards or places; by default all that are not targets.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(ColumnCompleter))]
    [ValidateNotNullOrEmpty]
    public string[] Feature { get; set; } = [];

    /// <summary>Columns to leave out: names, wildcards or places.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(ColumnCompleter))]
    [ValidateNotNullOrEmpty]
    public string[] Exclude { get; set; } = [];

    /// <summary>The column that says how much each row counts in training, a number of 0 or more: a name or a place. It is no feature then.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? SampleWeight { get; set; }

    /// <summary>Columns that must hold numbers: names, wildcards or places. Any other value in them is an error.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(ColumnCompleter))]
    [ValidateNotNullOrEmpty]
    public string[] Number { get; set; } = [];

    /// <summary>Columns to read as categories even if they hold numbers: names, wildcards or places.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(ColumnCompleter))]
    [ValidateNotNullOrEmpty]
    public string[] Text { get; set; } = [];

    /// <summary>What a target is: Auto takes text as a class and numbers as a number; Class makes classes of numbers.</summary>
    [Parameter]
    public TargetType TargetType { get; set; }

    /// <summary>How text features become numbers: OneHot or Label.</summary>
    [Parameter]
    public TextEncoding TextEncoding { get; set; }

    /// <summary>What is done about missing values; by default they are refused.</summary>
    [Parameter]
    public MissingPolicy Missing { get; set; }

    /// <summary>Texts that count as missing, as in '?', 'NA'; empty cells always do.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string[] MissingValue { get; set; } = [];

    /// <summary>The number that -Missing Constant puts in.</summary>
    [Parameter]
    public double FillValue { get; set; }

    /// <summary>How number columns are scaled, fitted on the training part alone: None, Standardize or MinMax.</summary>
    [Parameter]
    public FeatureScaling Scale { get; set; }

    /// <summary>The Schema of an earlier data set, to choose and encode the columns exactly as there: for test data in a file of its own.</summary>
    [Parameter]
    public TableSchema? Schema { get; set; }

    /// <summary>The data set's name in reports.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? Name { get; set; }

    /// <summary>The parameters as the engine takes them.</summary>
    private protected TableOptions Options => new()
    {
        Target = Target,
        Feature = Feature,
        Exclude = Exclude,
        SampleWeight = SampleWeight,
        Number = Number,
        Text = Text,
        TargetType = TargetType,
        TextEncoding = TextEncoding,
        Missing = Missing,
        MissingValue = MissingValue,
        FillValue = FillValue,
        Scale = Scale,
        Schema = Schema,
    };

    /// <summary>The parameters given that make sense for tables only.</summary>
    private protected IEnumerable<string> BoundTableParameters =>
        typeof(TableOptions).GetProperties().Select(p => p.Name).Where(MyInvocation.BoundParameters.ContainsKey);
}
