using System.Management.Automation;

namespace DLExperiments.Shell.Commands.Output;

/// <summary>Write-Information: writes an object, with tags, to the information stream.</summary>
[Cmdlet(VerbsCommunications.Write, "Information")]
public sealed class WriteInformationCommand : PSCmdlet
{
    /// <summary>The message or object.</summary>
    [Parameter(Position = 0, Mandatory = true, ValueFromPipeline = true)]
    [Alias("Msg", "Message")]
    [AllowNull]
    public object? MessageData { get; set; }

    /// <summary>Words by which readers filter the records.</summary>
    [Parameter(Position = 1)]
    public string[] Tags { get; set; } = [];

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        foreach (var tag in Tags)
            if (tag.StartsWith("PS", StringComparison.OrdinalIgnoreCase))
                ThrowTerminatingError(new ErrorRecord(
                    new InvalidOperationException($"The information tag '{tag}' is not allowed: tags that start with 'PS' are reserved."),
                    "PSInfoTagNotSupported", ErrorCategory.InvalidArgument, tag));
    }

    /// <inheritdoc/>
    protected override void ProcessRecord() => WriteInformation(MessageData, Tags);
}
