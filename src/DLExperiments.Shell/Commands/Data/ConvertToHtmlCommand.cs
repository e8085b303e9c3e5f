using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Internal;
using DLExperiments.Shell.Commands.Objects;

namespace DLExperiments.Shell.Commands.Data;

/// <summary>ConvertTo-Html: writes objects as an HTML page with a table or lists.</summary>
[Cmdlet(VerbsData.ConvertTo, "Html", DefaultParameterSetName = "Page", RemotingCapability = RemotingCapability.None)]
[OutputType(typeof(string))]
public sealed class ConvertToHtmlCommand : PSCmdlet
{
    private List<PropertyKey>? keys;
    private bool started;

    /// <summary>The objects.</summary>
    [Parameter(ValueFromPipeline = true)]
    public PSObject InputObject { get; set; } = AutomationNull.Value;

    /// <summary>The properties: names with wildcards, script blocks, or hashtables with Label and Expression; default all of the first object.</summary>
    [Parameter(Position = 0)]
    public object[]? Property { get; set; }

    /// <summary>Lines after the start of the body.</summary>
    [Parameter(Position = 3, ParameterSetName = "Page")]
    public string[]? Body { get; set; }

    /// <summary>The content of the head, instead of the title.</summary>
    [Parameter(Position = 1, ParameterSetName = "Page")]
    public string[]? Head { get; set; }

    /// <summary>The title of the page.</summary>
    [Parameter(Position = 2, ParameterSetName = "Page")]
    [ValidateNotNullOrEmpty]
    public string Title { get; set; } = "HTML TABLE";

    /// <summary>One table for all objects, or a list for each.</summary>
    [Parameter]
    [ValidateSet("Table", "List")]
    public string As { get; set; } = "Table";

    /// <summary>A style sheet.</summary>
    [Parameter(ParameterSetName = "Page")]
    [Alias("cu", "uri")]
    [ValidateNotNullOrEmpty]
    public Uri? CssUri { get; set; }

    /// <summary>Writes the table or lists alone.</summary>
    [Parameter(ParameterSetName = "Fragment")]
    [ValidateNotNullOrEmpty]
    public SwitchParameter Fragment { get; set; }

    /// <summary>Lines after the table.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string[] PostContent { get; set; } = [];

    /// <summary>Lines before the table.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string[] PreContent { get; set; } = [];

    /// <summary>Names and contents of meta elements.</summary>
    [Parameter(ParameterSetName = "Page")]
    [ValidateNotNullOrEmpty]
    public Hashtable? Meta { get; set; }

    /// <summary>The character set that the page declares.</summary>
    [Parameter(ParameterSetName = "Page")]
    [ValidateNotNullOrEmpty]
    public string? Charset { get; set; }

    /// <summary>Declares transitional instead of strict XHTML.</summary>
    [Parameter(ParameterSetName = "Page")]
    public SwitchParameter Transitional { get; set; }

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        if (Property is not null)
            keys = PropertyKey.Parse(this, Property, PropertyKey.Selecting);
        if (!Fragment)
            WriteObject(HtmlPage.Start(Transitional, Head, Title, Charset, CssUri, MetaLines(), Body), enumerateCollection: true);
        WriteObject(PreContent, enumerateCollection: true);
        WriteObject("<table>");
    }

    private IEnumerable<string> MetaLines() =>
        Meta is null ? [] : Meta.Cast<DictionaryEntry>().Select(entry => $"<meta name=\"{entry.Key}\" content=\"{entry.Value}\">");

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        if (InputObject is null || InputObject == AutomationNull.Value)
            return;
        keys ??= PropertyKey.Parse(this, [.. InputObject.Properties.Select(property => property.Name)], PropertyKey.Selecting);
        var cells = Cells(InputObject);
        if (As == "List")
        {
            if (started)
                WriteObject("<tr><td><hr></td></tr>");
            foreach (var (name, value) in cells)
                WriteObject(HtmlPage.Row("td", [name + ":", value]));
        }
        else
        {
            if (!started)
            {
                WriteObject(HtmlPage.Columns(cells.Count));
                WriteObject(HtmlPage.Row("th", cells.Select(cell => cell.Name)));
            }
            WriteObject(HtmlPage.Row("td", cells.Select(cell => cell.Value)));
        }
        started = true;
    }

    private List<(string Name, string Value)> Cells(PSObject item)
    {
        var cells = new List<(string, string)>();
        foreach (var key in keys!)
        {
            var names = key.Expression.ResolveNames(item);
            if (names.Count == 0)
                cells.Add((key.Name ?? key.Expression.ToString(), ""));
            foreach (var name in names)
                foreach (var result in name.GetValues(item))
                    cells.Add((key.Name ?? result.ResolvedExpression.ToString(), result.Result?.ToString() ?? ""));
        }
        return cells;
    }

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        WriteObject("</table>");
        WriteObject(PostContent, enumerateCollection: true);
        if (!Fragment)
            WriteObject("</body></html>");
    }
}
