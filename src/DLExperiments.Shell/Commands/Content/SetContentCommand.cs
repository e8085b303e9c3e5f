using System.Management.Automation;
using System.Management.Automation.Provider;
using DLExperiments.Shell.Commands.Provider;

namespace DLExperiments.Shell.Commands.Content;

/// <summary>Set-Content: replaces the content of items.</summary>
[Cmdlet(VerbsCommon.Set, "Content", DefaultParameterSetName = ByPath, SupportsShouldProcess = true)]
[OutputType(typeof(string))]
public sealed class SetContentCommand : WriteContentCommand
{
    private protected override string Action => "Set Content";

    private protected override void Prepare(string path, object context)
    {
        try
        {
            EngineProviders.SetPassThru(context, false);
            EngineProviders.Clear(InvokeProvider.Content, path, context);
        }
        catch (Exception error) when (error is ItemNotFoundException or PSNotSupportedException)
        {
            // A new item has nothing to clear, and some providers cannot clear: the writer then starts at the beginning.
        }
    }

    private protected override void Position(IContentWriter writer)
    {
    }
}
