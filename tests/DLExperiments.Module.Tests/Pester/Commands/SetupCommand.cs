using System.Management.Automation;

namespace DLExperiments.Module.Tests.Pester.Commands;

/// <summary>What the set-up and tear-down commands share: they only remember their script block at discovery.</summary>
public abstract class SetupCommand : PSCmdlet
{
    /// <summary>The code to run.</summary>
    [Parameter(Mandatory = true, Position = 0)]
    public ScriptBlock Scriptblock { get; set; } = null!;

    private protected abstract string Word { get; }

    private protected abstract ScriptBlock? Exchange(TestBlock block, ScriptBlock body);

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        var run = PesterRun.Current;
        if (run.Phase != RunPhase.Discovery)
            throw new PSInvalidOperationException($"{Word} stands inside a test or another set-up; put it directly into the file, Describe or Context.");
        if (Exchange(run.CurrentBlock, Scriptblock) is not null)
            throw new PSInvalidOperationException($"{Word} is already defined in the block '{run.CurrentBlock.Name}'. Each block can have only one.");
    }
}
