using System.Management.Automation;

namespace DLExperiments.Module.Tests.Pester.Commands;

/// <summary>Describe and Context: a block of tests. Runs its body at discovery, once for each value of -ForEach.</summary>
[Cmdlet(VerbsCommon.Add, "PesterBlock")]
public sealed class BlockCommand : PSCmdlet
{
    /// <summary>Name; templates such as &lt;Layer&gt; are filled in from -ForEach.</summary>
    [Parameter(Mandatory = true, Position = 0)]
    public string Name { get; set; } = "";

    /// <summary>The body.</summary>
    [Parameter(Position = 1)]
    public ScriptBlock? Fixture { get; set; }

    /// <summary>Labels; this runner runs every label.</summary>
    [Parameter]
    public string[] Tag { get; set; } = [];

    /// <summary>Skips every test of the block.</summary>
    [Parameter]
    public SwitchParameter Skip { get; set; }

    /// <summary>Values for which the block is repeated.</summary>
    [Parameter]
    [AllowNull, AllowEmptyCollection]
    public object? ForEach { get; set; }

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        var run = PesterRun.Current;
        if (run.Phase != RunPhase.Discovery)
            throw new PSInvalidOperationException($"The block '{Name}' stands inside It, BeforeAll or another part that runs after discovery; put it directly into the file, Describe or Context.");
        if (Fixture is null)
            throw new PSArgumentException($"The block '{Name}' has no script block. Did you put the opening curly brace on the next line?");
        var repeated = MyInvocation.BoundParameters.ContainsKey(nameof(ForEach));
        foreach (var value in repeated ? Values() : [null])
        {
            var block = new TestBlock(Name, Fixture, run.CurrentBlock) { Skip = Skip, HasData = repeated, Data = value };
            run.CurrentBlock.Items.Add(block);
            Discover(run, block);
        }
    }

    // As @() would: any collection is enumerated, a dictionary or a string is one value.
    private IEnumerable<object?> Values() =>
        ForEach is null ? [] : LanguagePrimitives.GetEnumerable(ForEach)?.Cast<object?>().ToList() ?? [ForEach];

    private void Discover(PesterRun run, TestBlock block)
    {
        var scopes = new ScriptScopes((EngineIntrinsics)SessionState.PSVariable.GetValue("ExecutionContext"));
        var outer = run.CurrentBlock;
        run.CurrentBlock = block;
        ErrorRecord? error = null;
        scopes.InNewScope(() =>
        {
            scopes.SetVariables(block);
            error = scopes.Expand(block, dataOnly: true) ?? scopes.DotSource(block.Body!, block.Arguments());
        });
        run.CurrentBlock = outer;
        if (error is not null) ThrowTerminatingError(error);
    }
}
