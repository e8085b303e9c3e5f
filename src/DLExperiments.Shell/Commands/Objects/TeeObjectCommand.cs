using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Internal;
using System.Text;

namespace DLExperiments.Shell.Commands.Objects;

/// <summary>Tee-Object: passes objects on, and keeps them in a file or variable.</summary>
[Cmdlet("Tee", "Object", DefaultParameterSetName = "File")]
public sealed class TeeObjectCommand : PSCmdlet, IDisposable
{
    private SteppablePipeline? file;
    private readonly ArrayList values = [];

    /// <summary>The objects.</summary>
    [Parameter(ValueFromPipeline = true)]
    public PSObject? InputObject { get; set; }

    /// <summary>The file, formatted as Out-File does.</summary>
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = "File")]
    [Alias("Path")]
    public string? FilePath { get; set; }

    /// <summary>The file, taken as written.</summary>
    [Parameter(Mandatory = true, ParameterSetName = "LiteralFile")]
    [Alias("PSPath", "LP")]
    public string? LiteralPath { get; set; }

    /// <summary>Adds to the file or variable instead of replacing.</summary>
    [Parameter(ParameterSetName = "File")]
    [Parameter(ParameterSetName = "Variable")]
    public SwitchParameter Append { get; set; }

    /// <summary>The encoding of the file.</summary>
    [Parameter(ParameterSetName = "File")]
    [Parameter(ParameterSetName = "LiteralFile")]
    [EncodingArgument]
    [ValidateNotNullOrEmpty]
    public Encoding? Encoding { get; set; }

    /// <summary>The name of the variable.</summary>
    [Parameter(Mandatory = true, ParameterSetName = "Variable")]
    public string? Variable { get; set; }

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        if (Variable is not null)
        {
            if (Append && SessionState.PSVariable.GetValue(Variable) is { } earlier)
                foreach (var value in LanguagePrimitives.GetEnumerable(earlier) ?? new[] { earlier })
                    values.Add(value);
            return;
        }
        var parameters = new Hashtable { [FilePath is null ? "LiteralPath" : "FilePath"] = FilePath ?? LiteralPath, ["Append"] = Append };
        if (Encoding is not null)
            parameters["Encoding"] = Encoding;
        file = ScriptBlock.Create("param($p) Out-File @p").GetSteppablePipeline(MyInvocation.CommandOrigin, [parameters]);
        file.Begin(expectInput: true);
    }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        if (file is not null)
            file.Process(InputObject);
        else if (InputObject != AutomationNull.Value)
            values.Add(InputObject);
        WriteObject(InputObject);
    }

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        file?.End();
        if (Variable is not null)
            SessionState.PSVariable.Set(Variable, values.Count switch { 0 => null, 1 => values[0], _ => values.ToArray() });
    }

    /// <inheritdoc/>
    public void Dispose() => file?.Dispose();
}
