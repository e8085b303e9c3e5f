using System.Management.Automation;
using System.Management.Automation.Provider;
using DLExperiments.Shell.Commands.Provider;

namespace DLExperiments.Shell.Commands.Content;

/// <summary>Add-Content: appends to the content of items.</summary>
[Cmdlet(VerbsCommon.Add, "Content", DefaultParameterSetName = ByPath, SupportsShouldProcess = true)]
[OutputType(typeof(string))]
public sealed class AddContentCommand : WriteContentCommand
{
    private protected override string Action => "Add Content";

    private protected override void Prepare(string path, object context)
    {
    }

    private protected override void Position(IContentWriter writer) => writer.Seek(0, SeekOrigin.End);
}
