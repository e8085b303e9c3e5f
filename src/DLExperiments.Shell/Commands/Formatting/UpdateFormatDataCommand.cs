using System.Management.Automation;
using System.Management.Automation.Runspaces;

namespace DLExperiments.Shell.Commands.Formatting;

/// <summary>Update-FormatData: loads format files (.format.ps1xml) into the session.</summary>
[Cmdlet(VerbsData.Update, "FormatData", SupportsShouldProcess = true, DefaultParameterSetName = "FileSet")]
public sealed class UpdateFormatDataCommand : PSCmdlet
{
    private readonly List<string> before = [], after = [];

    /// <summary>Files whose views come after those already loaded.</summary>
    [Parameter(Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("PSPath", "Path")]
    [ValidateNotNull]
    public string[] AppendPath { get; set; } = [];

    /// <summary>Files whose views come before those already loaded.</summary>
    [Parameter]
    [ValidateNotNull]
    public string[] PrependPath { get; set; } = [];

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        after.AddRange(SessionFiles.Resolve(this, AppendPath, ".ps1xml"));
        before.AddRange(SessionFiles.Resolve(this, PrependPath, ".ps1xml"));
    }

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        var state = (InitialSessionState)EngineAccess.Get(EngineAccess.Context(this), "InitialSessionState")!;
        var all = before.Where(file => ShouldProcess(file, "Update FormatData")).Select(file => new SessionStateFormatEntry(file))
            .Concat(state.Formats)
            .Concat(after.Where(file => ShouldProcess(file, "Update FormatData")).Select(file => new SessionStateFormatEntry(file)))
            .DistinctBy(entry => entry.FileName ?? (object)entry)
            .ToArray();
        state.Formats.Clear();
        state.Formats.Add(all);
        SessionFiles.Report(this, "FormatXmlUpdateException", () => EngineAccess.Invoke(state, "UpdateFormats", EngineAccess.Context(this), false));
    }
}
