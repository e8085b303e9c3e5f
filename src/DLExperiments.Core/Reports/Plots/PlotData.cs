using System.Collections;
using System.Globalization;
using DLExperiments.Data;
using DLExperiments.Errors;

namespace DLExperiments.Reports.Plots;

/// <summary>What is to be drawn: objects whose properties are read by name. A data set counts as its rows.</summary>
public sealed class PlotData
{
    private readonly Func<object, string, object?> read;
    private readonly Func<object, IEnumerable<string>> names;
    private IReadOnlyList<object>? rows;

    /// <summary>Takes .NET objects and dictionaries.</summary>
    /// <param name="items">The objects: results, epochs, measures, predictions, data sets, dictionaries, plain numbers.</param>
    public PlotData(IEnumerable<object> items)
        : this(items, PlainObject.Read, PlainObject.Names)
    {
    }

    /// <summary>Takes objects of another kind.</summary>
    /// <param name="items">The objects.</param>
    /// <param name="read">Gives an object's property, or null when it has none of that name.</param>
    /// <param name="names">Gives the names of an object's properties, in order.</param>
    public PlotData(IEnumerable<object> items, Func<object, string, object?> read, Func<object, IEnumerable<string>> names)
    {
        Items = [.. items];
        this.read = read;
        this.names = names;
    }

    /// <summary>The objects as they came.</summary>
    public IReadOnlyList<object> Items { get; }

    /// <summary>The objects, with the rows of a data set in its place.</summary>
    /// <exception cref="ExperimentException">NothingToPlot: there are none.</exception>
    public IReadOnlyList<object> Rows => rows ??= Items.Any(i => i is Dataset) ? [.. Items.SelectMany(i => i is Dataset data ? PlainObject.RowsOf(data) : [i])] : Items;

    /// <summary>Fails when there is nothing.</summary>
    /// <param name="kind">The kind of plot, for the message.</param>
    /// <exception cref="ExperimentException">NothingToPlot.</exception>
    internal void CheckAny(string kind)
    {
        if (Items.Count == 0)
            throw new ExperimentException("NothingToPlot", ErrorKind.InvalidData, $"{kind} got nothing to draw: no object came through the pipeline.");
    }

    /// <summary>A property's value, or null.</summary>
    /// <param name="item">The object.</param>
    /// <param name="name">The property; <c>Options.Epochs</c> reads a property of a property.</param>
    public object? Value(object item, string name)
    {
        object? value = item is IDictionary table ? PlainObject.Read(table, name) : read(item, name);
        int dot = name.IndexOf('.');
        return value is null && dot > 0 && Value(item, name[..dot]) is { } inner ? Value(inner, name[(dot + 1)..]) : value;
    }

    /// <summary>The names of an object's properties.</summary>
    /// <param name="item">The object.</param>
    public IEnumerable<string> Names(object item) => item is IDictionary ? PlainObject.Names(item) : names(item);

    /// <summary>A property as a number; NaN where it is missing or an empty text, a gap in the drawing.</summary>
    /// <param name="item">The object.</param>
    /// <param name="name">The property.</param>
    /// <exception cref="ExperimentException">NotANumber: the value is something else.</exception>
    internal double Number(object item, string name) => TryNumber(Value(item, name), out double number)
        ? number
        : throw new ExperimentException("NotANumber", ErrorKind.InvalidData, $"{name} is '{Value(item, name)}', which is not a number.", item);

    /// <summary>A property as text, numbers in the invariant culture; null when missing.</summary>
    internal string? Text(object item, string name) => Value(item, name) switch
    {
        null or "" => null,
        double or float => Charts.Axis.Number(Convert.ToDouble(Value(item, name), CultureInfo.InvariantCulture)),
        var value => Convert.ToString(value, CultureInfo.InvariantCulture),
    };

    /// <summary>Whether all the values of a property that are there are numbers.</summary>
    internal bool IsNumeric(string name) => Rows.All(r => TryNumber(Value(r, name), out _)) && Rows.Any(r => !double.IsNaN(Number(r, name)));

    /// <summary>Fails unless some row has the property.</summary>
    /// <exception cref="ExperimentException">MissingProperty; the message names near ones.</exception>
    internal string Require(string? name, string setting, string kind)
    {
        IReadOnlyList<string> known = [.. Rows.Take(1).SelectMany(Names)];
        if (name is null)
            throw new ExperimentException("MissingParameter", ErrorKind.InvalidArgument, $"{kind} needs -{setting}: the property to draw. There are: {string.Join(", ", known)}.");
        if (Rows.Any(r => Value(r, name) is not null)) return name;
        throw new ExperimentException("MissingProperty", ErrorKind.InvalidData,
            $"{kind}: no object has a value in '{name}' (-{setting}). {NearNames.Suggest(name, known)}", name);
    }

    /// <summary>Reads a value as a number: numbers, texts in the invariant culture, seconds of a TimeSpan; nothing and an empty text are NaN.</summary>
    /// <param name="value">The value.</param>
    /// <param name="number">The number.</param>
    /// <returns>Whether it is one.</returns>
    public static bool TryNumber(object? value, out double number)
    {
        number = double.NaN;
        switch (value)
        {
            case null or "":
                return true;
            case TimeSpan span:
                number = span.TotalSeconds;
                return true;
            case bool:
            case DateTime:
            case char:
            case Enum:
                return false;
            case string text:
                return double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out number);
            case IConvertible convertible:
                number = convertible.ToDouble(CultureInfo.InvariantCulture);
                return true;
            default:
                return false;
        }
    }
}
