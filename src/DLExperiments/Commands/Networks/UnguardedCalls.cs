using System.Management.Automation;
using System.Management.Automation.Language;
using DLExperiments.Types;
using TorchSharp;

namespace DLExperiments.Commands.Networks;

/// <summary>
/// Finds static calls of a script that would end the process when their arguments do not fit (they go past the methods that a types file adds), in the script itself and in
/// the functions and script blocks that it calls, as they are when it runs.
/// </summary>
internal sealed class UnguardedCalls
{
    private readonly ScriptBlock script;
    private readonly HashSet<ScriptBlock> clean = [];
    private readonly string? own;
    private readonly bool callsOthers;

    internal UnguardedCalls(ScriptBlock script)
    {
        this.script = script;
        own = In(script.Ast);
        callsOthers = Calls(script.Ast).Any();
    }

    /// <summary>The first such call, with the function that it is in; null when there is none.</summary>
    internal string? Find()
    {
        if (own is not null || !callsOthers) return own;
        var engine = (EngineIntrinsics)((PSObject)ScriptBlock.Create("$ExecutionContext").InvokeReturnAsIs()).BaseObject;
        return Find(script, script.Module?.SessionState ?? engine.SessionState, engine, [script]);
    }

    private string? Find(ScriptBlock caller, SessionState session, EngineIntrinsics engine, HashSet<ScriptBlock> visited)
    {
        foreach (Ast call in Calls(caller.Ast))
        {
            if (Resolve(call, session, engine) is not { } called || !visited.Add(called)) continue;
            // A function may have been written anew since the last time, so it is looked up each time, but read only once.
            if (!clean.Contains(called) && In(called.Ast) is { } found) return $"{found} in '{Name(call)}'";
            clean.Add(called);
            if (Find(called, called.Module?.SessionState ?? session, engine, visited) is { } deeper) return deeper;
        }
        return null;
    }

    private static string? In(Ast ast) => ast.Find(a =>
        a is InvokeMemberExpressionAst { Static: true, Member: StringConstantExpressionAst { Value: var name }, Expression: var type }
        && TensorMembers.Names.Contains(name, StringComparer.OrdinalIgnoreCase)
        && ((type as TypeExpressionAst)?.TypeName.GetReflectionType() is not { } known || known.Assembly == typeof(torch).Assembly), searchNestedScriptBlocks: true)?.Extent.Text;

    private static IEnumerable<Ast> Calls(Ast ast) => ast.FindAll(a => a is CommandAst
        || a is InvokeMemberExpressionAst { Expression: VariableExpressionAst, Member: StringConstantExpressionAst { Value: var member } } && member.StartsWith("Invoke", StringComparison.OrdinalIgnoreCase), searchNestedScriptBlocks: true);

    private static string Name(Ast call) => (call is CommandAst { CommandElements: [var first, ..] } ? first : ((InvokeMemberExpressionAst)call).Expression).Extent.Text;

    private static ScriptBlock? Resolve(Ast call, SessionState session, EngineIntrinsics engine)
    {
        object? target = call is CommandAst command && command.GetCommandName() is { } name ? name
            : (call is CommandAst { CommandElements: [var first, ..] } ? first : ((InvokeMemberExpressionAst)call).Expression) is VariableExpressionAst variable ? session.PSVariable.GetValue(variable.VariablePath.UserPath)
            : null;
        if (target is PSObject wrapped) target = wrapped.BaseObject;
        if (target is string text) target = engine.InvokeCommand.GetCommand(text, CommandTypes.Function | CommandTypes.Filter | CommandTypes.Alias);
        if (target is AliasInfo alias) target = alias.ResolvedCommand;
        return target as ScriptBlock ?? (target as FunctionInfo)?.ScriptBlock;
    }
}
