using System.Management.Automation;
using System.Management.Automation.Runspaces;

namespace DLExperiments.Shell.Commands.Formatting;

/// <summary>Get-TypeData: gets the members and rules that the session adds to types.</summary>
[Cmdlet(VerbsCommon.Get, "TypeData")]
[OutputType(typeof(TypeData))]
public sealed class GetTypeDataCommand : PSCmdlet
{
    /// <summary>The types; wildcards are allowed.</summary>
    [Parameter(Position = 0, ValueFromPipeline = true)]
    [ValidateNotNullOrEmpty]
    public string[] TypeName { get; set; } = ["*"];

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        var all = (Dictionary<string, TypeData>)EngineAccess.Invoke(EngineAccess.Get(EngineAccess.Context(this), "TypeTable")!, "GetAllTypeData")!;
        foreach (var name in TypeName)
        {
            var pattern = WildcardPattern.Get(name, WildcardOptions.IgnoreCase);
            foreach (var (type, data) in all.OrderBy(entry => entry.Key, StringComparer.OrdinalIgnoreCase))
                if (pattern.IsMatch(type))
                    WriteObject(data);
        }
    }
}
