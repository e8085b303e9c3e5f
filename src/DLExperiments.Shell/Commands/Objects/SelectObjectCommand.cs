using System.Globalization;
using System.Management.Automation;
using System.Management.Automation.Internal;
using Microsoft.PowerShell.Commands;

namespace DLExperiments.Shell.Commands.Objects;

/// <summary>Select-Object: takes some of the objects, some of their properties, or the value of one property.</summary>
[Cmdlet(VerbsCommon.Select, "Object", DefaultParameterSetName = "DefaultParameter", RemotingCapability = RemotingCapability.None)]
public sealed class SelectObjectCommand : PSCmdlet
{
    private readonly Queue<PSObject> held = new();
    private readonly List<(PSObject Object, List<PSNoteProperty> Notes)> uniques = [];
    private List<PropertyKey> keys = [];
    private WildcardPattern[] excluded = [];
    private HashSet<int>? indices;
    private int lastIndex = -1;
    private int seen, written, skipped;
    private bool done;

    /// <summary>The objects.</summary>
    [Parameter(ValueFromPipeline = true)]
    public PSObject InputObject { get; set; } = AutomationNull.Value;

    /// <summary>The properties: names with wildcards, script blocks, or hashtables with Name and Expression.</summary>
    [Parameter(Position = 0, ParameterSetName = "DefaultParameter")]
    [Parameter(Position = 0, ParameterSetName = "SkipLastParameter")]
    public object[]? Property { get; set; }

    /// <summary>Properties to leave out; alone, all others are taken.</summary>
    [Parameter(ParameterSetName = "DefaultParameter")]
    [Parameter(ParameterSetName = "SkipLastParameter")]
    public string[]? ExcludeProperty { get; set; }

    /// <summary>A property whose value (or values) is written instead of the object.</summary>
    [Parameter(ParameterSetName = "DefaultParameter")]
    [Parameter(ParameterSetName = "SkipLastParameter")]
    public string? ExpandProperty { get; set; }

    /// <summary>Writes only the first of equal objects.</summary>
    [Parameter]
    public SwitchParameter Unique { get; set; }

    /// <summary>With <see cref="Unique"/>, takes upper and lower case as equal.</summary>
    [Parameter]
    public SwitchParameter CaseInsensitive { get; set; }

    /// <summary>How many objects to take from the end.</summary>
    [Parameter(ParameterSetName = "DefaultParameter")]
    [ValidateRange(0, int.MaxValue)]
    public int Last { get; set; }

    /// <summary>How many objects to take from the start.</summary>
    [Parameter(ParameterSetName = "DefaultParameter")]
    [ValidateRange(0, int.MaxValue)]
    public int First { get; set; }

    /// <summary>How many objects to leave out at the start (with -Last alone, at the end).</summary>
    [Parameter(ParameterSetName = "DefaultParameter")]
    [Parameter(ParameterSetName = "SkipLastParameter")]
    [ValidateRange(0, int.MaxValue)]
    public int Skip { get; set; }

    /// <summary>How many objects to leave out at the end.</summary>
    [Parameter(ParameterSetName = "SkipLastParameter")]
    [ValidateRange(0, int.MaxValue)]
    public int SkipLast { get; set; }

    /// <summary>Lets the commands upstream run to their end, though no more of their output is wanted.</summary>
    [Parameter(ParameterSetName = "DefaultParameter")]
    [Parameter(ParameterSetName = "IndexParameter")]
    public SwitchParameter Wait { get; set; }

    /// <summary>The zero-based places of the objects to take.</summary>
    [Parameter(ParameterSetName = "IndexParameter", Mandatory = true)]
    [ValidateRange(0, int.MaxValue)]
    public int[]? Index { get; set; }

    /// <summary>The zero-based places of the objects to leave out.</summary>
    [Parameter(ParameterSetName = "SkipIndexParameter", Mandatory = true)]
    [ValidateRange(0, int.MaxValue)]
    public int[]? SkipIndex { get; set; }

    private bool FirstGiven => MyInvocation.BoundParameters.ContainsKey(nameof(First));

    private bool LastGiven => MyInvocation.BoundParameters.ContainsKey(nameof(Last));

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        if (ExcludeProperty is { Length: > 0 })
        {
            excluded = [.. ExcludeProperty.Select(name => WildcardPattern.Get(name, WildcardOptions.IgnoreCase))];
            if (Property is not { Length: > 0 } && string.IsNullOrEmpty(ExpandProperty))
                Property = ["*"];
        }
        keys = PropertyKey.Parse(this, Property, PropertyKey.Selecting);
        indices = (Index ?? SkipIndex) is { } places ? [.. places] : null;
        lastIndex = Index is { Length: > 0 } ? Index.Max() : -1;
    }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        if (done || InputObject is null || InputObject == AutomationNull.Value)
            return;
        Take(InputObject);
        if (!done || Wait)
            return;
        // The commands upstream end here, so this command ends itself: the engine calls no EndProcessing after the stop.
        EndProcessing();
        throw EngineAccess.StopUpstream(this);
    }

    private void Take(PSObject item)
    {
        if (indices is not null)
        {
            if (indices.Contains(seen) == (Index is not null))
                Process(item);
            done = Index is not null && seen >= lastIndex;
            seen++;
        }
        else if (SkipLast > 0)
        {
            if (skipped++ < Skip)
                return;
            held.Enqueue(item);
            if (held.Count > SkipLast)
                Process(held.Dequeue());
        }
        else if (LastGiven && !FirstGiven)
        {
            held.Enqueue(item);
            if (held.Count > (long)Last + Skip)
                held.Dequeue();
        }
        else if (skipped < Skip)
        {
            skipped++;
        }
        else if (!FirstGiven)
        {
            Process(item);
        }
        else if (written < First)
        {
            written++;
            Process(item);
            done = written == First && Last == 0;
        }
        else if (Last > 0)
        {
            held.Enqueue(item);
            if (held.Count > Last)
                held.Dequeue();
        }
        else
        {
            done = true;
        }
    }

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        if (LastGiven)
        {
            var count = FirstGiven ? held.Count : Math.Min(Last, held.Count - Skip);
            for (var i = 0; i < count; i++)
                Process(held.Dequeue());
        }
        held.Clear();
        foreach (var (item, _) in uniques)
            WriteObject(item);
        uniques.Clear();
    }

    private void Process(PSObject item)
    {
        if (keys.Count == 0 && string.IsNullOrEmpty(ExpandProperty))
        {
            Write(item, []);
            return;
        }
        var notes = new List<PSNoteProperty>();
        foreach (var key in keys)
            Select(item, key, notes);
        if (!string.IsNullOrEmpty(ExpandProperty))
        {
            Expand(item, notes);
            return;
        }
        var result = new PSObject();
        result.TypeNames.Insert(0, "Selected." + item.BaseObject.GetType());
        Add(result, item, notes, "AlreadyExistingUserSpecifiedPropertyNoExpand");
        Write(result, notes);
    }

    private bool IsExcluded(string name) => Array.Exists(excluded, pattern => pattern.IsMatch(name));

    private void Select(PSObject item, PropertyKey key, List<PSNoteProperty> notes)
    {
        var results = new List<PSPropertyExpressionResult>();
        foreach (var resolved in key.Expression.ResolveNames(item))
            if (!IsExcluded(resolved.ToString()))
                results.AddRange(resolved.GetValues(item));
        // A property that the object lacks is still a column, with no value.
        if (results.Count == 0 && !key.Expression.HasWildCardCharacters && !IsExcluded(key.Expression.ToString()))
            results.Add(new PSPropertyExpressionResult(null, key.Expression, null));
        if (key.Name is not null && results.Count > 1)
        {
            WriteError(new ErrorRecord(new InvalidOperationException("Multiple results cannot be renamed."),
                "RenamingMultipleResults", ErrorCategory.InvalidOperation, item));
            return;
        }
        foreach (var result in results)
            notes.Add(new PSNoteProperty(key.Name ?? result.ResolvedExpression.ToString(), result.Result));
    }

    private void Expand(PSObject item, List<PSNoteProperty> notes)
    {
        var results = new PSPropertyExpression(ExpandProperty!).GetValues(item);
        if (results.Count != 1)
        {
            WriteError(new ErrorRecord(
                new ArgumentException(results.Count == 0
                    ? $"Property \"{ExpandProperty}\" cannot be found."
                    : $"Multiple properties cannot be expanded: \"{ExpandProperty}\" matches {results.Count}."),
                results.Count == 0 ? "ExpandPropertyNotFound" : "MutlipleExpandProperties", ErrorCategory.InvalidArgument, item));
            return;
        }
        if (results[0].Exception is { } exception)
        {
            WriteError(new ErrorRecord(exception, "PropertyEvaluationExpand", ErrorCategory.InvalidResult, item));
            return;
        }
        if (results[0].Result is not { } value)
            return;
        if (LanguagePrimitives.GetEnumerable(value) is not { } elements)
            elements = new[] { value };
        foreach (var element in elements)
        {
            if (element is null)
                continue;
            // A wrapper of its own, lest the notes stick to the value wherever else it is used.
            var expanded = notes.Count == 0 ? PSObject.AsPSObject(element) : PSObject.AsPSObject(element).Copy();
            Add(expanded, item, notes, "AlreadyExistingUserSpecifiedPropertyExpand");
            Write(expanded, notes);
        }
    }

    private void Add(PSObject target, PSObject source, List<PSNoteProperty> notes, string errorId)
    {
        foreach (var note in notes)
            if (target.Properties[note.Name] is null)
                target.Properties.Add(note);
            else
                WriteError(new ErrorRecord(
                    new PSArgumentException($"The property cannot be processed because the property \"{note.Name}\" already exists."),
                    errorId, ErrorCategory.InvalidOperation, source));
    }

    private void Write(PSObject item, List<PSNoteProperty> notes)
    {
        if (!Unique)
        {
            WriteObject(item);
            return;
        }
        var order = new ObjectOrder(CultureInfo.CurrentCulture, caseSensitive: !CaseInsensitive);
        foreach (var (earlier, earlierNotes) in uniques)
            if (earlierNotes.Count == notes.Count && order.CompareValues(item.BaseObject, earlier.BaseObject) == 0
                && notes.TrueForAll(note => earlier.Properties[note.Name] is { } other && order.CompareValues(other.Value, note.Value) == 0))
                return;
        uniques.Add((item, notes));
    }
}
