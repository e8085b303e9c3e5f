using System.Globalization;
using System.Management.Automation;
using Newtonsoft.Json;
using Newtonsoft.Json.Converters;

namespace DLExperiments.Shell.Commands.Data;

/// <summary>ConvertTo-Json: writes an object, or the array of all objects in the pipeline, as JSON text.</summary>
[Cmdlet(VerbsData.ConvertTo, "Json", RemotingCapability = RemotingCapability.None)]
[OutputType(typeof(string))]
public sealed class ConvertToJsonCommand : PSCmdlet
{
    private readonly List<object?> objects = [];

    /// <summary>The object.</summary>
    [Parameter(Position = 0, Mandatory = true, ValueFromPipeline = true)]
    [AllowNull]
    public object? InputObject { get; set; }

    /// <summary>How many levels below the first are written as structure, 0 to 100; deeper ones become text, with a warning.</summary>
    [Parameter]
    [ValidateRange(0, 100)]
    public int Depth { get; set; } = 2;

    /// <summary>Leaves out blanks and line ends.</summary>
    [Parameter]
    public SwitchParameter Compress { get; set; }

    /// <summary>Writes enumeration values by name.</summary>
    [Parameter]
    public SwitchParameter EnumsAsStrings { get; set; }

    /// <summary>Writes an array also for one object.</summary>
    [Parameter]
    public SwitchParameter AsArray { get; set; }

    /// <summary>Which characters are written as escapes.</summary>
    [Parameter]
    public StringEscapeHandling EscapeHandling { get; set; } = StringEscapeHandling.Default;

    /// <inheritdoc/>
    protected override void ProcessRecord() => objects.Add(InputObject);

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        if (objects.Count == 0)
            return;
        var tree = new JsonTree(this, Depth).Build(objects.Count > 1 || AsArray ? objects.ToArray() : objects[0]);
        var settings = new JsonSerializerSettings
        {
            TypeNameHandling = TypeNameHandling.None,
            MaxDepth = 1024,
            StringEscapeHandling = EscapeHandling,
            Formatting = Compress ? Newtonsoft.Json.Formatting.None : Newtonsoft.Json.Formatting.Indented,
            Culture = CultureInfo.InvariantCulture,
        };
        if (EnumsAsStrings)
            settings.Converters.Add(new StringEnumConverter());
        WriteObject(JsonConvert.SerializeObject(tree, settings));
    }
}
