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

/// <summary>BeforeDiscovery: runs at once, at discovery, in the scope of its caller.</summary>
[Cmdlet(VerbsCommon.Add, "PesterBeforeDiscovery")]
public sealed class BeforeDiscoveryCommand : PSCmdlet
{
    /// <summary>The code to run.</summary>
    [Parameter(Mandatory = true, Position = 0)]
    public ScriptBlock ScriptBlock { get; set; } = null!;

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        if (PesterRun.Current.Phase != RunPhase.Discovery) return;
        var scopes = new ScriptScopes((EngineIntrinsics)SessionState.PSVariable.GetValue("ExecutionContext"));
        if (scopes.DotSource(ScriptBlock, new System.Collections.Hashtable()) is { } error) ThrowTerminatingError(error);
    }
}
