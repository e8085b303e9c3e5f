using System.Management.Automation;

namespace DLExperiments.Module.Tests.Pester.Commands;

/// <summary>AfterAll: runs once after the tests of its block, also when they fail.</summary>
[Cmdlet(VerbsCommon.Add, "PesterAfterAll")]
public sealed class AfterAllCommand : SetupCommand
{
    private protected override string Word => "AfterAll";

    private protected override ScriptBlock? Exchange(TestBlock block, ScriptBlock body)
    {
        var old = block.AfterAll;
        block.AfterAll = body;
        return old;
    }
}
