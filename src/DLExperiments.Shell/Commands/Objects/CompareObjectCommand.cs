using System.Management.Automation;

namespace DLExperiments.Shell.Commands.Objects;

/// <summary>Compare-Object: tells which objects only one of two collections has.</summary>
[Cmdlet(VerbsData.Compare, "Object", RemotingCapability = RemotingCapability.None)]
public sealed class CompareObjectCommand : PSCmdlet
{
    private readonly List<PSObject> differences = [];
    private readonly List<KeyedObject> waitingReference = [], waitingDifference = [];
    private ObjectOrder order = null!;

    /// <summary>The collection to compare with.</summary>
    [Parameter(Position = 0, Mandatory = true)]
    [AllowEmptyCollection]
    public PSObject[] ReferenceObject { get; set; } = [];

    /// <summary>The collection that is compared.</summary>
    [Parameter(Position = 1, Mandatory = true, ValueFromPipeline = true)]
    [AllowEmptyCollection]
    public PSObject[] DifferenceObject { get; set; } = [];

    /// <summary>How many objects around a place are looked through for an equal one; default all.</summary>
    [Parameter]
    [ValidateRange(0, int.MaxValue)]
    public int SyncWindow { get; set; } = int.MaxValue;

    /// <summary>The properties to compare; default the objects themselves.</summary>
    [Parameter]
    public object[]? Property { get; set; }

    /// <summary>Leaves out the objects that differ.</summary>
    [Parameter]
    public SwitchParameter ExcludeDifferent { get; set; }

    /// <summary>Writes equal objects too.</summary>
    [Parameter]
    public SwitchParameter IncludeEqual { get; set; }

    /// <summary>Writes the objects themselves, with a note SideIndicator.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <summary>The culture of text comparison; default the current one.</summary>
    [Parameter]
    public string? Culture { get; set; }

    /// <summary>Tells upper from lower case.</summary>
    [Parameter]
    public SwitchParameter CaseSensitive { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord() => differences.AddRange(DifferenceObject);

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        if (ExcludeDifferent && !MyInvocation.BoundParameters.ContainsKey(nameof(IncludeEqual)))
            IncludeEqual = true;
        order = new ObjectOrder(ObjectOrder.ParseCulture(Culture), CaseSensitive);
        order.SetKeys(this, Property, [.. ReferenceObject, .. differences], descendingByDefault: false, PropertyKey.Grouping);
        for (var i = 0; i < Math.Max(ReferenceObject.Length, differences.Count); i++)
            Step(
                i < ReferenceObject.Length ? order.Evaluate(this, ReferenceObject[i]) : null,
                i < differences.Count ? order.Evaluate(this, differences[i]) : null);
        foreach (var entry in waitingDifference)
            Write(entry, "=>");
        foreach (var entry in waitingReference)
            Write(entry, "<=");
    }

    private void Step(KeyedObject? reference, KeyedObject? difference)
    {
        if (reference is not null && difference is not null && order.AreEqual(reference, difference))
        {
            Write(reference, "==");
            return;
        }
        if (difference is not null && TakeEqual(waitingReference, difference) is { } earlier)
        {
            Write(earlier, "==");
            difference = null;
        }
        if (reference is not null && TakeEqual(waitingDifference, reference) is not null)
        {
            Write(reference, "==");
            reference = null;
        }
        Hold(waitingDifference, difference, "=>");
        Hold(waitingReference, reference, "<=");
    }

    private KeyedObject? TakeEqual(List<KeyedObject> waiting, KeyedObject entry)
    {
        var place = waiting.FindIndex(other => order.AreEqual(other, entry));
        if (place < 0)
            return null;
        var found = waiting[place];
        waiting.RemoveAt(place);
        return found;
    }

    private void Hold(List<KeyedObject> waiting, KeyedObject? entry, string side)
    {
        if (entry is null)
            return;
        waiting.Add(entry);
        while (waiting.Count > SyncWindow)
        {
            Write(waiting[0], side);
            waiting.RemoveAt(0);
        }
    }

    private void Write(KeyedObject entry, string side)
    {
        if (side == "==" ? !IncludeEqual : ExcludeDifferent)
            return;
        PSObject result;
        if (PassThru)
        {
            // A number or text gets a wrapper of its own: the engine ties notes to the boxed value, which constants in scripts share.
            result = entry.Object.BaseObject is ValueType or string ? entry.Object.Copy() : entry.Object;
            result.Properties.Remove("SideIndicator");
        }
        else
        {
            result = new PSObject();
            if (order.Keys.Count == 0)
                result.Properties.Add(new PSNoteProperty("InputObject", entry.Object));
            for (var i = 0; i < order.Keys.Count; i++)
                result.Properties.Add(new PSNoteProperty(order.Keys[i].Expression.ToString(), entry.Values[i].Value));
        }
        result.Properties.Add(new PSNoteProperty("SideIndicator", side));
        WriteObject(result);
    }
}
