using System.Management.Automation;
using Microsoft.PowerShell.Commands.Internal.Format;

namespace DLExperiments.Shell.Commands.Formatting;

/// <summary>Format-Table: formats objects as a table, by the engine's own formatter.</summary>
[Cmdlet(VerbsCommon.Format, "Table")]
public sealed class FormatTableCommand : OuterFormatTableBase
{
    /// <summary>Makes the command.</summary>
    public FormatTableCommand() => FormatterAccess.UseShape(this, "Table");
}
