using System.Globalization;
using System.Management.Automation;
using System.Text;
using Microsoft.PowerShell.Commands;

namespace DLExperiments.Shell.Commands.Text;

/// <summary>Join-String: joins objects, or a property of them, into one string.</summary>
[Cmdlet(VerbsCommon.Join, "String", DefaultParameterSetName = "default", RemotingCapability = RemotingCapability.None)]
[OutputType(typeof(string))]
public sealed class JoinStringCommand : PSCmdlet
{
    private readonly StringBuilder text = new();
    private bool started;

    /// <summary>The property or script block whose value is joined.</summary>
    [Parameter(Position = 0)]
    [PropertyArgument]
    public PSPropertyExpression? Property { get; set; }

    /// <summary>What stands between the values; default <c>$OFS</c>, else nothing.</summary>
    [Parameter(Position = 1)]
    [AllowEmptyString]
    public string? Separator { get; set; }

    /// <summary>What stands before everything.</summary>
    [Parameter]
    [Alias("op")]
    public string OutputPrefix { get; set; } = "";

    /// <summary>What stands after everything.</summary>
    [Parameter]
    [Alias("os")]
    public string OutputSuffix { get; set; } = "";

    /// <summary>Puts each value in single quotes.</summary>
    [Parameter(ParameterSetName = "SingleQuote")]
    public SwitchParameter SingleQuote { get; set; }

    /// <summary>Puts each value in double quotes.</summary>
    [Parameter(ParameterSetName = "DoubleQuote")]
    public SwitchParameter DoubleQuote { get; set; }

    /// <summary>A format string with {0} for the value.</summary>
    [Parameter(ParameterSetName = "Format")]
    public string? FormatString { get; set; }

    /// <summary>Uses the current culture instead of the invariant one.</summary>
    [Parameter]
    public SwitchParameter UseCulture { get; set; }

    /// <summary>The objects.</summary>
    [Parameter(ValueFromPipeline = true)]
    public PSObject[]? InputObject { get; set; }

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        Separator ??= GetVariableValue("OFS") is { } separator ? LanguagePrimitives.ConvertTo<string>(separator) : "";
        text.Append(OutputPrefix);
    }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        var culture = UseCulture ? CultureInfo.CurrentCulture : CultureInfo.InvariantCulture;
        foreach (var item in InputObject ?? [])
        {
            if (item is null)
                continue;
            var value = Property is null ? item : Property.GetValues(item) is { Count: > 0 } results ? results[0].Result : null;
            if (value is null)
                continue;
            var part = FormatString is not null
                ? string.Format(culture, FormatString, value is PSObject wrapped ? wrapped.BaseObject : value)
                : LanguagePrimitives.ConvertTo(value, typeof(string), culture) as string;
            if (started)
                text.Append(Separator);
            started = true;
            var quote = SingleQuote ? "'" : DoubleQuote ? "\"" : "";
            text.Append(quote).Append(part).Append(quote);
        }
    }

    /// <inheritdoc/>
    protected override void EndProcessing() => WriteObject(text.Append(OutputSuffix).ToString());

    private sealed class PropertyArgumentAttribute : ArgumentTransformationAttribute
    {
        public override object Transform(EngineIntrinsics engineIntrinsics, object inputData) =>
            (inputData is PSObject wrapped ? wrapped.BaseObject : inputData) switch
            {
                ScriptBlock script => new PSPropertyExpression(script),
                string name => new PSPropertyExpression(name),
                var other => other,
            };
    }
}
