using System.Management.Automation;
using DLExperiments.Reports.Plots;

namespace DLExperiments.Commands.Reports;

/// <summary>Lets plots and reports read objects of the pipeline as scripts see them, notes included.</summary>
internal static class PlotSource
{
    internal static PlotData Of(IEnumerable<object> items) => new(items.Select(Unwrapped), ReadProperty, NamesOf);

    // The engine looks for its own types; notes of a script on one of them are read through the wrapper, which PSObject finds again.
    private static object Unwrapped(object item) =>
        item is PSObject { BaseObject: not PSCustomObject } wrapped ? wrapped.BaseObject : item;

    private static object? ReadProperty(object item, string name) =>
        PSObject.AsPSObject(item).Properties[name]?.Value is { } value ? Unwrapped(value) : null;

    private static IEnumerable<string> NamesOf(object item) =>
        PSObject.AsPSObject(item).Properties.Where(p => p.IsGettable).Select(p => p.Name);
}
