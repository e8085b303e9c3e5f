using System.Globalization;
using System.Management.Automation;

namespace DLExperiments.Shell.Commands.Utility;

/// <summary>Base of Get-Random and Get-SecureRandom: numbers in a range, or items drawn without putting them back.</summary>
public abstract class RandomCommand : PSCmdlet
{
    internal const string NumberSet = "RandomNumberParameterSet";
    private const string ListSet = "RandomListItemParameterSet";
    private const string ShuffleSet = "ShuffleParameterSet";
    private readonly List<object?> chosen = [];
    private int seen;

    /// <summary>Upper end of the range, not drawn itself. Whole numbers give whole numbers.</summary>
    [Parameter(ParameterSetName = NumberSet, Position = 0)]
    public object? Maximum { get; set; }

    /// <summary>Lower end of the range, 0 by default.</summary>
    [Parameter(ParameterSetName = NumberSet)]
    public object? Minimum { get; set; }

    /// <summary>The items to draw from.</summary>
    [Parameter(ParameterSetName = ListSet, ValueFromPipeline = true, Position = 0, Mandatory = true)]
    [Parameter(ParameterSetName = ShuffleSet, ValueFromPipeline = true, Position = 0, Mandatory = true)]
    [AllowNull]
    public object?[]? InputObject { get; set; }

    /// <summary>How many numbers or items.</summary>
    [Parameter(ParameterSetName = NumberSet)]
    [Parameter(ParameterSetName = ListSet)]
    [ValidateRange(1, int.MaxValue)]
    public int Count { get; set; } = 1;

    /// <summary>Writes all items in random order.</summary>
    [Parameter(ParameterSetName = ShuffleSet, Mandatory = true)]
    public SwitchParameter Shuffle { get; set; }

    private protected abstract RandomSource Source { get; }

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        if (ParameterSetName != NumberSet) return;
        if (List(Maximum) is { } items)
        {
            Choose(items);
            return;
        }
        if (MyInvocation.ExpectingInput && Maximum is null && Minimum is null) return;
        var (low, high) = (Number(Minimum), Number(Maximum));
        if (low is null or int && high is null or int) Write(low as int? ?? 0, high as int? ?? int.MaxValue, Source.Between);
        else if (low is null or int or long && high is null or int or long)
            Write(Convert.ToInt64(low ?? 0, CultureInfo.InvariantCulture), Convert.ToInt64(high ?? long.MaxValue, CultureInfo.InvariantCulture), Source.Between);
        else
            Write(Convert.ToDouble(low ?? 0.0, CultureInfo.InvariantCulture), Convert.ToDouble(high ?? double.MaxValue, CultureInfo.InvariantCulture), Source.Between);
    }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        if (ParameterSetName != NumberSet) Choose(InputObject ?? [null]);
    }

    private void Choose(object?[] items)
    {
        foreach (var item in items)
        {
            if (Shuffle || seen < Count) chosen.Add(item);
            else if (Source.Between(0, seen + 1) < Count) chosen[Source.Between(0, chosen.Count)] = item;
            seen++;
        }
    }

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        for (var i = 0; i < chosen.Count; i++)
        {
            var drawn = Source.Between(i, chosen.Count);
            WriteObject(chosen[drawn]);
            chosen[drawn] = chosen[i];
        }
    }

    private void Write<T>(T low, T high, Func<T, T, T> draw) where T : IComparable<T>
    {
        if (low.CompareTo(high) >= 0)
        {
            var error = new ArgumentException($"The Minimum value ({low}) cannot be greater than or equal to the Maximum value ({high}).");
            ThrowTerminatingError(new ErrorRecord(error, "MinGreaterThanOrEqualMax", ErrorCategory.InvalidArgument, null));
        }
        for (var i = 0; i < Count && !Stopping; i++) WriteObject(draw(low, high));
    }

    // Both the range and the list can stand first on the command line: an array there is the list.
    private static object?[]? List(object? value) => (value is PSObject wrapped ? wrapped.BaseObject : value) is Array array ? [.. array.Cast<object?>()] : null;

    private static object? Number(object? value) => value switch
    {
        null => null,
        PSObject wrapped => Number(wrapped.BaseObject),
        // Text is read as the language reads a number: '5' is whole, '5.0' is not.
        string text when text.AsSpan().ContainsAny('.', 'e', 'E') && LanguagePrimitives.TryConvertTo<double>(text, out var real) => real,
        string text when !LanguagePrimitives.TryConvertTo<int>(text, out _) && LanguagePrimitives.TryConvertTo<long>(text, out var wide) => wide,
        string text => LanguagePrimitives.ConvertTo<int>(text),
        int or long or double => value,
        sbyte or byte or short or ushort => Convert.ToInt32(value, CultureInfo.InvariantCulture),
        _ => LanguagePrimitives.ConvertTo<double>(value),
    };
}
