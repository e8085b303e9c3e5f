using System.Management.Automation;
using Newtonsoft.Json;
using Newtonsoft.Json.Linq;

namespace DLExperiments.Shell.Commands.Data;

/// <summary>ConvertFrom-Json: makes objects, or ordered hashtables, of JSON text.</summary>
[Cmdlet(VerbsData.ConvertFrom, "Json", RemotingCapability = RemotingCapability.None)]
public sealed class ConvertFromJsonCommand : PSCmdlet
{
    private readonly List<string> texts = [];

    /// <summary>The text; several strings are several documents, or the lines of one.</summary>
    [Parameter(Position = 0, Mandatory = true, ValueFromPipeline = true)]
    [AllowEmptyString]
    public string InputObject { get; set; } = "";

    /// <summary>Makes hashtables, which allow keys that are empty or differ in case only.</summary>
    [Parameter]
    public SwitchParameter AsHashtable { get; set; }

    /// <summary>How deep the text may be nested.</summary>
    [Parameter]
    [ValidateRange(1, int.MaxValue)]
    public int Depth { get; set; } = 1024;

    /// <summary>Writes an array as one object.</summary>
    [Parameter]
    public SwitchParameter NoEnumerate { get; set; }

    /// <summary>What to make of text that looks like a date.</summary>
    [Parameter]
    public JsonDateKind DateKind { get; set; } = JsonDateKind.Default;

    /// <inheritdoc/>
    protected override void ProcessRecord() => texts.Add(InputObject);

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        if (texts.Count == 0)
            return;
        if (texts.Count > 1 && TryConvert(texts[0], out var first) && first is not null)
        {
            WriteObject(first, !NoEnumerate);
            foreach (var text in texts.Skip(1))
                WriteObject(Convert(text), !NoEnumerate);
            return;
        }
        WriteObject(Convert(string.Join(Environment.NewLine, texts)), !NoEnumerate);
    }

    private bool TryConvert(string text, out object? result)
    {
        try
        {
            result = Convert(text);
            return true;
        }
        catch (ArgumentException)
        {
            // The first line alone is not JSON: all lines together are one document.
            result = null;
            return false;
        }
    }

    private object? Convert(string text)
    {
        var settings = new JsonSerializerSettings
        {
            TypeNameHandling = TypeNameHandling.None,
            MetadataPropertyHandling = MetadataPropertyHandling.Ignore,
            MaxDepth = Depth,
            DateParseHandling = DateKind switch
            {
                JsonDateKind.Offset => DateParseHandling.DateTimeOffset,
                JsonDateKind.String => DateParseHandling.None,
                _ => DateParseHandling.DateTime,
            },
            DateTimeZoneHandling = DateKind switch
            {
                JsonDateKind.Local => DateTimeZoneHandling.Local,
                JsonDateKind.Utc => DateTimeZoneHandling.Utc,
                _ => DateTimeZoneHandling.RoundtripKind,
            },
        };
        object? parsed;
        try
        {
            parsed = JsonConvert.DeserializeObject(text, settings);
        }
        catch (JsonException exception)
        {
            throw new ArgumentException($"Conversion from JSON failed with error: {exception.Message}", exception);
        }
        return parsed is JToken token ? From(token) : parsed;
    }

    private object? From(JToken token) => token switch
    {
        JObject entries => AsHashtable ? ToTable(entries) : ToObject(entries),
        JArray items => items.Select(From).ToArray(),
        JValue value => value.Value,
        _ => token.ToString(),
    };

    private OrderedHashtable ToTable(JObject entries)
    {
        var table = new OrderedHashtable();
        foreach (var entry in entries.Properties())
            table[entry.Name] = From(entry.Value);
        return table;
    }

    private PSObject ToObject(JObject entries)
    {
        var result = new PSObject(entries.Count);
        foreach (var entry in entries.Properties())
        {
            if (entry.Name.Length == 0)
                Fail("The provided JSON includes a property whose name is an empty string, this is only supported using the -AsHashTable switch.", "EmptyKeyInJsonString");
            if (result.Properties[entry.Name] is { } existing)
                Fail($"Cannot convert the JSON string because it contains keys with different casing. Please use the -AsHashTable switch instead. The key that was attempted to be added to the existing key '{existing.Name}' was '{entry.Name}'.",
                    "KeysWithDifferentCasingInJsonString");
            result.Properties.Add(new PSNoteProperty(entry.Name, From(entry.Value)), preValidated: true);
        }
        return result;
    }

    private void Fail(string message, string id) =>
        ThrowTerminatingError(new ErrorRecord(new InvalidOperationException(message), id, ErrorCategory.InvalidOperation, null));
}
