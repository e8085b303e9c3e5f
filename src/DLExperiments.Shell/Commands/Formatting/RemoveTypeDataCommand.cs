using System.Collections.Concurrent;
using System.Management.Automation;
using System.Management.Automation.Runspaces;

namespace DLExperiments.Shell.Commands.Formatting;

/// <summary>Remove-TypeData: takes away what the session adds to types.</summary>
[Cmdlet(VerbsCommon.Remove, "TypeData", SupportsShouldProcess = true, DefaultParameterSetName = "RemoveTypeDataSet")]
public sealed class RemoveTypeDataCommand : PSCmdlet
{
    /// <summary>The type.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true, ParameterSetName = "RemoveTypeSet")]
    [ArgumentCompletions("*")]
    public string? TypeName { get; set; }

    /// <summary>The files whose types are taken away.</summary>
    [Parameter(Mandatory = true, ParameterSetName = "RemoveFileSet")]
    public string[]? Path { get; set; }

    /// <summary>Data as Get-TypeData writes it.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ParameterSetName = "RemoveTypeDataSet")]
    public TypeData? TypeData { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        var context = EngineAccess.Context(this);
        var state = (InitialSessionState)EngineAccess.Get(context, "InitialSessionState")!;
        if (Path is not null)
        {
            var files = SessionFiles.Resolve(this, Path, ".ps1xml").ToHashSet(StringComparer.Ordinal);
            var kept = state.Types.Where(entry => entry.FileName is null || !files.Contains(entry.FileName)).ToArray();
            state.Types.Clear();
            state.Types.Add(kept);
            SessionFiles.Report(this, "TypesXmlUpdateException", () => EngineAccess.Invoke(state, "UpdateTypes", context, false));
            return;
        }
        var data = TypeData ?? new TypeData(TypeName!);
        if (!ShouldProcess(data.TypeName, "Remove TypeData"))
            return;
        var errors = new ConcurrentBag<string>();
        EngineAccess.Invoke(EngineAccess.Get(context, "TypeTable")!, "Update", data, errors, true);
        foreach (var error in errors)
            WriteError(new ErrorRecord(new RuntimeException(error), "TypesDynamicRemoveException", ErrorCategory.InvalidOperation, data.TypeName));
        if (errors.IsEmpty)
            state.Types.Add(new SessionStateTypeEntry(data, isRemove: true));
    }
}
