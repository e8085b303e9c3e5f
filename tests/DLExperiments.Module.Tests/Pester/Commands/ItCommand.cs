using System.Management.Automation;

namespace DLExperiments.Module.Tests.Pester.Commands;

/// <summary>It: one test, or one for each value of -ForEach.</summary>
[Cmdlet(VerbsCommon.Add, "PesterTest")]
public sealed class ItCommand : PSCmdlet
{
    /// <summary>Name; templates such as &lt;Layer&gt; are filled in from -ForEach.</summary>
    [Parameter(Mandatory = true, Position = 0)]
    public string Name { get; set; } = "";

    /// <summary>The body.</summary>
    [Parameter(Position = 1)]
    public ScriptBlock? Test { get; set; }

    /// <summary>Values for which the test is repeated.</summary>
    [Parameter]
    [Alias("TestCases")]
    [AllowNull, AllowEmptyCollection]
    public object?[]? ForEach { get; set; }

    /// <summary>Labels; this runner runs every label.</summary>
    [Parameter]
    public string[] Tag { get; set; } = [];

    /// <summary>Marks the test as not written yet: it is skipped.</summary>
    [Parameter]
    public SwitchParameter Pending { get; set; }

    /// <summary>Skips the test.</summary>
    [Parameter]
    public SwitchParameter Skip { get; set; }

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        var run = PesterRun.Current;
        if (run.Phase != RunPhase.Discovery)
            throw new PSInvalidOperationException($"The test '{Name}' stands inside another test or a set-up; put it directly into Describe or Context.");
        if (Test is null)
            throw new PSArgumentException($"The test '{Name}' has no script block. Did you put the opening curly brace on the next line?");
        var repeated = MyInvocation.BoundParameters.ContainsKey(nameof(ForEach));
        var scopes = new ScriptScopes((EngineIntrinsics)SessionState.PSVariable.GetValue("ExecutionContext"));
        foreach (var value in repeated ? ForEach ?? [] : [null])
        {
            var test = new TestCase(Name, Test, run.CurrentBlock, run.TestCount++) { Skip = Skip || Pending, HasData = repeated, Data = value };
            run.CurrentBlock.Items.Add(test);
            ErrorRecord? error = null;
            scopes.InNewScope(() =>
            {
                scopes.SetVariables(test);
                error = scopes.Expand(test, dataOnly: true);
            });
            if (error is not null) ThrowTerminatingError(error);
        }
    }
}
