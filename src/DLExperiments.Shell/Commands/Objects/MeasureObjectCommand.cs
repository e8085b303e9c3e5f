using System.Management.Automation;
using System.Management.Automation.Internal;
using Microsoft.PowerShell.Commands;

namespace DLExperiments.Shell.Commands.Objects;

/// <summary>Measure-Object: counts objects, and measures their numeric, comparable or textual properties.</summary>
[Cmdlet(VerbsDiagnostic.Measure, "Object", DefaultParameterSetName = "GenericMeasure", RemotingCapability = RemotingCapability.None)]
[OutputType(typeof(GenericMeasureInfo), typeof(TextMeasureInfo), typeof(GenericObjectMeasureInfo))]
public sealed class MeasureObjectCommand : PSCmdlet
{
    private readonly Dictionary<string, MeasureStatistics> statistics = new(StringComparer.OrdinalIgnoreCase);
    private readonly List<string> order = [];
    private bool sawText;

    /// <summary>The objects.</summary>
    [Parameter(ValueFromPipeline = true)]
    public PSObject InputObject { get; set; } = AutomationNull.Value;

    /// <summary>The properties to measure: names with wildcards, or script blocks; default the objects themselves.</summary>
    [Parameter(Position = 0)]
    [ValidateNotNullOrEmpty]
    public object[]? Property { get; set; }

    /// <summary>Asks for the standard deviation of a sample.</summary>
    [Parameter(ParameterSetName = "GenericMeasure")]
    public SwitchParameter StandardDeviation { get; set; }

    /// <summary>Asks for the sum.</summary>
    [Parameter(ParameterSetName = "GenericMeasure")]
    public SwitchParameter Sum { get; set; }

    /// <summary>Asks for all numeric measures.</summary>
    [Parameter(ParameterSetName = "GenericMeasure")]
    public SwitchParameter AllStats { get; set; }

    /// <summary>Asks for the mean.</summary>
    [Parameter(ParameterSetName = "GenericMeasure")]
    public SwitchParameter Average { get; set; }

    /// <summary>Asks for the greatest value.</summary>
    [Parameter(ParameterSetName = "GenericMeasure")]
    public SwitchParameter Maximum { get; set; }

    /// <summary>Asks for the least value.</summary>
    [Parameter(ParameterSetName = "GenericMeasure")]
    public SwitchParameter Minimum { get; set; }

    /// <summary>Counts lines.</summary>
    [Parameter(ParameterSetName = "TextMeasure")]
    public SwitchParameter Line { get; set; }

    /// <summary>Counts words.</summary>
    [Parameter(ParameterSetName = "TextMeasure")]
    public SwitchParameter Word { get; set; }

    /// <summary>Counts characters.</summary>
    [Parameter(ParameterSetName = "TextMeasure")]
    public SwitchParameter Character { get; set; }

    /// <summary>Leaves white space out of the count of characters.</summary>
    [Parameter(ParameterSetName = "TextMeasure")]
    public SwitchParameter IgnoreWhiteSpace { get; set; }

    private bool NeedsNumbers => Sum || Average || StandardDeviation || AllStats;

    private List<PropertyKey> keys = [];

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        keys = PropertyKey.Parse(this, Property, PropertyKey.Grouping);
        if (Property is null)
            Entry("");
    }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        if (InputObject is null || InputObject == AutomationNull.Value)
            return;
        if (Property is null)
        {
            Measure("", InputObject.BaseObject);
            return;
        }
        var counted = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        foreach (var key in keys)
        {
            var names = key.Expression.ResolveNames(InputObject);
            if (names.Count == 0 && !key.Expression.HasWildCardCharacters)
                Entry(key.Expression.ToString());
            foreach (var name in names)
                if (counted.Add(name.ToString()) && name.GetValues(InputObject) is { Count: > 0 } values)
                    Measure(name.ToString(), values[0].Result);
        }
    }

    private MeasureStatistics Entry(string property)
    {
        if (statistics.TryGetValue(property, out var entry))
            return entry;
        order.Add(property);
        return statistics[property] = new MeasureStatistics();
    }

    private void Measure(string property, object? value)
    {
        var entry = Entry(property);
        entry.Count++;
        value = value is PSObject wrapped ? wrapped.BaseObject : value;
        if (ParameterSetName == "TextMeasure")
        {
            entry.AddText(value is null ? "" : PSObject.AsPSObject(value).ToString(), IgnoreWhiteSpace);
            return;
        }
        if (NeedsNumbers)
        {
            if (!LanguagePrimitives.TryConvertTo<double>(value, out var number))
            {
                sawText = true;
                WriteError(new ErrorRecord(new PSInvalidOperationException($"Input object \"{value}\" is not numeric."),
                    "NonNumericInputObject", ErrorCategory.InvalidType, value));
                return;
            }
            entry.AddNumber(number);
        }
        if (Maximum || Minimum || AllStats)
            entry.AddExtreme(value);
    }

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        foreach (var property in order)
        {
            var entry = statistics[property];
            var name = Property is null ? null : property;
            if (entry.Count == 0 && Property is not null)
            {
                if (EngineAccess.IsStrict(this, 2))
                    WriteError(new ErrorRecord(
                        new ArgumentException($"The property \"{property}\" cannot be found in the input for any objects."),
                        ParameterSetName == "TextMeasure" ? "TextMeasurePropertyNotFound" : "GenericMeasurePropertyNotFound",
                        ErrorCategory.InvalidArgument, null));
                continue;
            }
            WriteObject(ParameterSetName == "TextMeasure" ? Text(entry, name) : Generic(entry, name));
        }
    }

    private TextMeasureInfo Text(MeasureStatistics entry, string? name) => new()
    {
        Lines = Line ? entry.Lines : null,
        Words = Word ? entry.Words : null,
        Characters = Character ? entry.Characters : null,
        Property = name,
    };

    private MeasureInfo Generic(MeasureStatistics entry, string? name)
    {
        var max = Maximum || AllStats ? entry.Maximum : null;
        var min = Minimum || AllStats ? entry.Minimum : null;
        double? sum = (Sum || AllStats) && !sawText ? entry.Sum : null;
        double? average = (Average || AllStats) && !sawText && entry.Count > 0 ? entry.Sum / entry.Count : null;
        double? deviation = (StandardDeviation || AllStats) && !sawText ? entry.Deviation : null;
        if (TryNumber(max, out var maximum) && TryNumber(min, out var minimum))
            return new GenericMeasureInfo
            {
                Count = entry.Count, Average = average, Sum = sum, Maximum = maximum, Minimum = minimum,
                StandardDeviation = deviation, Property = name,
            };
        return new GenericObjectMeasureInfo
        {
            Count = entry.Count, Average = average, Sum = sum, Maximum = max, Minimum = min,
            StandardDeviation = deviation, Property = name,
        };
    }

    private static bool TryNumber(object? value, out double? number)
    {
        number = LanguagePrimitives.TryConvertTo<double>(value, out var converted) ? converted : null;
        if (value is null)
            number = null;
        return value is null || number is not null;
    }
}
