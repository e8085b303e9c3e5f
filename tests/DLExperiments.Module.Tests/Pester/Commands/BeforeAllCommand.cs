using System.Management.Automation;

namespace DLExperiments.Module.Tests.Pester.Commands;

/// <summary>BeforeAll: runs once before the tests of its block.</summary>
[Cmdlet(VerbsCommon.Add, "PesterBeforeAll")]
public sealed class BeforeAllCommand : SetupCommand
{
    private protected override string Word => "BeforeAll";

    private protected override ScriptBlock? Exchange(TestBlock block, ScriptBlock body)
    {
        var old = block.BeforeAll;
        block.BeforeAll = body;
        return old;
    }
}
