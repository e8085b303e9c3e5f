using System.Collections;
using System.Management.Automation;
using System.Text.RegularExpressions;

namespace DLExperiments.Module.Tests.Pester;

/// <summary>
/// Runs code of test files in chosen scopes. Scopes nest by recursion: a callback runs inside a new scope, dot-sources set-up and body
/// there and opens further scopes, so that what BeforeAll sets is seen by nested blocks and gone after its own block.
/// </summary>
internal sealed partial class ScriptScopes(EngineIntrinsics engine)
{
    private readonly ScriptBlock _inNewScope = ScriptBlock.Create("$args[0].Invoke()");

    // The try makes terminating errors of commands end the body whatever $ErrorActionPreference says, as Pester's own try does.
    private readonly ScriptBlock _guard = ScriptBlock.Create(
        "$______code = $args[0]; $______named = $______code.Arguments; try { $null = . $______code.Body @______named } catch { $______code.Error = $_ }");

    public EngineIntrinsics Engine { get; } = engine;

    public void InNewScope(Action action) =>
        Engine.InvokeCommand.InvokeScript(true, _inNewScope, null, action);

    /// <summary>Dot-sources a body into the scope that is current now; gives what it threw, or null.</summary>
    public ErrorRecord? DotSource(ScriptBlock body, IDictionary arguments)
    {
        var code = new UserCode(body, arguments);
        try
        {
            Engine.InvokeCommand.InvokeScript(false, _guard, null, code);
        }
        catch (FlowControlException exception)
        {
            var word = exception is ExitException ? "exit" : "break or continue outside a loop";
            return new ErrorRecord(new RuntimeException($"The test code left with '{word}', which would end the whole run."), "PesterFlowControl", ErrorCategory.InvalidOperation, body);
        }
        catch (Exception exception) when (exception is IContainsErrorRecord and not PipelineStoppedException)
        {
            return ((IContainsErrorRecord)exception).ErrorRecord;
        }
        return code.Error;
    }

    public void SetVariables(TestNode node)
    {
        foreach (var (name, value) in node.Variables())
            Engine.SessionState.PSVariable.Set(name, value);
    }

    /// <summary>Fills in the templates of a name, such as &lt;_.Name&gt;, in the current scope; gives what went wrong, or null.</summary>
    /// <param name="node">The block or test; its ExpandedName is set.</param>
    /// <param name="dataOnly">True at discovery: variables that -ForEach does not give stay as they are written.</param>
    public ErrorRecord? Expand(TestNode node, bool dataOnly)
    {
        node.ExpandedName = node.Name;
        if (!node.Name.Contains('<')) return null;
        var known = dataOnly ? KnownNames(node) : null;
        var result = new ScriptResult();
        var text = Template().Replace(node.Name.Replace("`", "\u0001").Replace("$", "`$").Replace("\"", "`\""), match =>
            known is null || known.Contains(RootName().Match(match.Groups[1].Value).Value) ? $"$(${match.Groups[1].Value})" : match.Value);
        var error = DotSource(ScriptBlock.Create($"$______expanded.Value = \"{text.Replace("\u0001", "`")}\""), new Hashtable(), result);
        if (error is null) node.ExpandedName = LanguagePrimitives.ConvertTo<string>(result.Value);
        return error;
    }

    private ErrorRecord? DotSource(ScriptBlock body, IDictionary arguments, ScriptResult result)
    {
        Engine.SessionState.PSVariable.Set("______expanded", result);
        return DotSource(body, arguments);
    }

    private static HashSet<string> KnownNames(TestNode node)
    {
        var names = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        for (var at = node; at is not null; at = at.Parent) names.UnionWith(at.Variables().Keys);
        return names;
    }

    [GeneratedRegex("(?<!\u0001)<([^>^\u0001]+)>")]
    private static partial Regex Template();

    [GeneratedRegex(@"^\w+")]
    private static partial Regex RootName();
}
