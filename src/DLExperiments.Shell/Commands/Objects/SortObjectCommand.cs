using System.Management.Automation;
using System.Management.Automation.Internal;

namespace DLExperiments.Shell.Commands.Objects;

/// <summary>Sort-Object: sorts objects by properties or calculated keys. Equal objects keep their order.</summary>
[Cmdlet("Sort", "Object", DefaultParameterSetName = "Default")]
public sealed class SortObjectCommand : PSCmdlet
{
    private readonly List<PSObject> objects = [];

    /// <summary>The objects.</summary>
    [Parameter(ValueFromPipeline = true)]
    public PSObject InputObject { get; set; } = AutomationNull.Value;

    /// <summary>The keys: names with wildcards, script blocks, or hashtables with Expression and Ascending or Descending.</summary>
    [Parameter(Position = 0)]
    public object[]? Property { get; set; }

    /// <summary>Sorts keys without a direction of their own from high to low.</summary>
    [Parameter]
    public SwitchParameter Descending { get; set; }

    /// <summary>Writes only the first of equal objects.</summary>
    [Parameter]
    public SwitchParameter Unique { get; set; }

    /// <summary>Keeps the order of equal objects; it is kept in any case.</summary>
    [Parameter(ParameterSetName = "Default")]
    public SwitchParameter Stable { get; set; }

    /// <summary>Writes only this many from the start of the sorted objects.</summary>
    [Parameter(ParameterSetName = "Top", Mandatory = true)]
    [ValidateRange(1, int.MaxValue)]
    public int Top { get; set; }

    /// <summary>Writes only this many from the end of the sorted objects.</summary>
    [Parameter(ParameterSetName = "Bottom", Mandatory = true)]
    [ValidateRange(1, int.MaxValue)]
    public int Bottom { get; set; }

    /// <summary>The culture of text comparison; default the current one.</summary>
    [Parameter]
    public string? Culture { get; set; }

    /// <summary>Tells upper from lower case.</summary>
    [Parameter]
    public SwitchParameter CaseSensitive { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        if (InputObject is not null && InputObject != AutomationNull.Value)
            objects.Add(InputObject);
    }

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        var order = new ObjectOrder(ObjectOrder.ParseCulture(Culture), CaseSensitive);
        order.SetKeys(this, Property, objects, Descending, PropertyKey.Sorting);
        // Order (unlike List.Sort) is stable.
        IEnumerable<KeyedObject> sorted = objects.Select(item => order.Evaluate(this, item)).ToArray().Order(order);
        if (Unique)
            sorted = WithoutEquals(sorted, order);
        if (Top > 0)
            sorted = sorted.Take(Top);
        if (Bottom > 0)
            sorted = sorted.TakeLast(Bottom);
        foreach (var item in sorted)
            WriteObject(item.Object);
    }

    private static IEnumerable<KeyedObject> WithoutEquals(IEnumerable<KeyedObject> sorted, ObjectOrder order)
    {
        KeyedObject? last = null;
        foreach (var item in sorted)
        {
            if (last is null || !order.AreEqual(last, item))
                yield return item;
            last = item;
        }
    }
}
