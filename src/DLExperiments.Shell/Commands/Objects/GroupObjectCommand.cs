using System.Collections;
using System.Globalization;
using System.Management.Automation;
using System.Management.Automation.Internal;
using Microsoft.PowerShell.Commands;

namespace DLExperiments.Shell.Commands.Objects;

/// <summary>Group-Object: groups objects that have equal values of the keys, sorted by them.</summary>
[Cmdlet("Group", "Object", DefaultParameterSetName = "HashTable")]
[OutputType(typeof(Hashtable), typeof(GroupInfo))]
public sealed class GroupObjectCommand : PSCmdlet
{
    private readonly List<PSObject> objects = [];

    /// <summary>The objects.</summary>
    [Parameter(ValueFromPipeline = true)]
    public PSObject InputObject { get; set; } = AutomationNull.Value;

    /// <summary>The keys: names, script blocks, or hashtables with Expression.</summary>
    [Parameter(Position = 0)]
    public object[]? Property { get; set; }

    /// <summary>Leaves the members out of the groups.</summary>
    [Parameter]
    public SwitchParameter NoElement { get; set; }

    /// <summary>Writes one hashtable from key to members.</summary>
    [Parameter(ParameterSetName = "HashTable")]
    [Alias("AHT")]
    public SwitchParameter AsHashTable { get; set; }

    /// <summary>Makes the keys of the hashtable text.</summary>
    [Parameter(ParameterSetName = "HashTable")]
    public SwitchParameter AsString { get; set; }

    /// <summary>The culture of text comparison; default the current one.</summary>
    [Parameter]
    public string? Culture { get; set; }

    /// <summary>Tells upper from lower case.</summary>
    [Parameter]
    public SwitchParameter CaseSensitive { get; set; }

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        if (AsString && !AsHashTable)
            Fail("The parameter -AsString is only valid with -AsHashTable.");
        if (AsHashTable && !AsString && Property is { Length: > 1 })
            Fail("-AsHashTable with more than one property needs -AsString.");
    }

    private void Fail(string message) => ThrowTerminatingError(
        new ErrorRecord(new ArgumentException(message), "ArgumentException", ErrorCategory.InvalidArgument, AsHashTable));

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
        order.SetKeys(this, Property, objects, descendingByDefault: false, PropertyKey.Grouping);
        var entries = objects.ConvertAll(item => order.Evaluate(this, item));
        var groups = HaveOneTypeEach(entries) ? FromSorted(entries.Order(order), order) : FromUnsorted(entries, order);
        if (AsHashTable)
            WriteTable(groups);
        else
            WriteObject(groups.ConvertAll(Describe), enumerateCollection: true);
    }

    /// <summary>Values of different types have no one order, so that equal ones need not stand together after sorting.</summary>
    private static bool HaveOneTypeEach(List<KeyedObject> entries)
    {
        for (var i = 0; entries.Count > 0 && i < entries[0].Values.Length; i++)
        {
            Type? type = null;
            foreach (var entry in entries)
            {
                var value = entry.Values[i].Value is PSObject wrapped ? wrapped.BaseObject : entry.Values[i].Value;
                if (value is null)
                    continue;
                if (type is not null && type != value.GetType())
                    return false;
                type = value.GetType();
            }
        }
        return true;
    }

    private static List<List<KeyedObject>> FromSorted(IEnumerable<KeyedObject> sorted, ObjectOrder order)
    {
        var groups = new List<List<KeyedObject>>();
        foreach (var entry in sorted)
            if (groups.Count > 0 && order.AreEqual(groups[^1][0], entry))
                groups[^1].Add(entry);
            else
                groups.Add([entry]);
        return groups;
    }

    private static List<List<KeyedObject>> FromUnsorted(List<KeyedObject> entries, ObjectOrder order)
    {
        var groups = new List<List<KeyedObject>>();
        foreach (var entry in entries)
            if (groups.Find(group => order.AreEqual(group[0], entry)) is { } group)
                group.Add(entry);
            else
                groups.Add([entry]);
        return groups;
    }

    private GroupInfo Describe(List<KeyedObject> group)
    {
        var values = new ArrayList(Array.ConvertAll(group[0].Values, value => value.Value));
        var name = GroupInfo.BuildName(values);
        return NoElement ? new GroupInfoNoElement(values, name, group.Count)
            : new GroupInfo(values, name, group.ConvertAll(entry => entry.Object));
    }

    private void WriteTable(List<List<KeyedObject>> groups)
    {
        var table = new Hashtable(CaseSensitive ? StringComparer.CurrentCulture : StringComparer.CurrentCultureIgnoreCase);
        foreach (var group in groups)
        {
            var info = Describe(group);
            var key = AsString ? info.Name : info.Values[0] is PSObject { BaseObject: not PSCustomObject } wrapped ? wrapped.BaseObject : info.Values[0];
            if (key is null || table.ContainsKey(key))
            {
                WriteError(new ErrorRecord(
                    new InvalidOperationException(key is null
                        ? "A group has no key: its objects lack the property, or its value is null. Use -AsString, or leave these objects out."
                        : $"The key '{key}' occurs twice in the hashtable. Use -CaseSensitive, or other keys."),
                    "InvalidOperation", ErrorCategory.InvalidArgument, group[0].Object));
                continue;
            }
            table.Add(key, NoElement ? new System.Collections.ObjectModel.Collection<PSObject>() : info.Group);
        }
        WriteObject(table);
    }
}
