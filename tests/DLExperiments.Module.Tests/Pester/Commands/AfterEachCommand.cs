using System.Management.Automation;

namespace DLExperiments.Module.Tests.Pester.Commands;

/// <summary>AfterEach: runs after each test of its block and of the blocks within, also when they fail.</summary>
[Cmdlet(VerbsCommon.Add, "PesterAfterEach")]
public sealed class AfterEachCommand : SetupCommand
{
    private protected override string Word => "AfterEach";

    private protected override ScriptBlock? Exchange(TestBlock block, ScriptBlock body)
    {
        var old = block.AfterEach;
        block.AfterEach = body;
        return old;
    }
}
