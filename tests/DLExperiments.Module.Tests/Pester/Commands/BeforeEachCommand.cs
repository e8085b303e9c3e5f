using System.Management.Automation;

namespace DLExperiments.Module.Tests.Pester.Commands;

/// <summary>BeforeEach: runs before each test of its block and of the blocks within, in the scope of the test.</summary>
[Cmdlet(VerbsCommon.Add, "PesterBeforeEach")]
public sealed class BeforeEachCommand : SetupCommand
{
    private protected override string Word => "BeforeEach";

    private protected override ScriptBlock? Exchange(TestBlock block, ScriptBlock body)
    {
        var old = block.BeforeEach;
        block.BeforeEach = body;
        return old;
    }
}
