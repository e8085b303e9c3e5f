using System.Management.Automation.Language;

namespace DLExperiments.Commands.Sweeps;

/// <summary>What a script changes that belongs to its process and not to its session: trials that do so cannot run side by side in one process and give the same as alone.</summary>
internal static class ProcessState
{
    private static readonly string[] Setters = ["SetEnvironmentVariable", "SetCurrentDirectory"];

    // Cmdlets that write to a drive; of env: it is the process's.
    private static readonly string[] Writers = ["Set-Item", "New-Item", "Remove-Item", "Set-Content", "Clear-Item", "Rename-Item"];

    /// <summary>The first such change, in words; null when there is none to be seen.</summary>
    internal static string? FirstChange(ScriptBlockAst script) => script.FindAll(_ => true, searchNestedScriptBlocks: true).Select(Change).FirstOrDefault(c => c is not null);

    private static string? Change(Ast ast) => ast switch
    {
        AssignmentStatementAst { Left: var left } => Target(left),
        UnaryExpressionAst { TokenKind: TokenKind.PlusPlus or TokenKind.MinusMinus or TokenKind.PostfixPlusPlus or TokenKind.PostfixMinusMinus } step => Target(step.Child),
        InvokeMemberExpressionAst { Static: true, Member: StringConstantExpressionAst { Value: var name } } call when Setters.Contains(name, StringComparer.OrdinalIgnoreCase) => $"the script calls {call.Expression}::{name}",
        CommandAst command when Writers.Contains(command.GetCommandName(), StringComparer.OrdinalIgnoreCase)
            && command.CommandElements.OfType<StringConstantExpressionAst>().FirstOrDefault(e => e.Value.StartsWith("env:", StringComparison.OrdinalIgnoreCase)) is { } path => $"the script changes {path.Value}",
        _ => null,
    };

    private static string? Target(ExpressionAst left) => left switch
    {
        AttributedExpressionAst typed => Target(typed.Child),
        VariableExpressionAst variable when variable.VariablePath.DriveName?.Equals("env", StringComparison.OrdinalIgnoreCase) == true => $"the script sets {variable}",
        MemberExpressionAst { Static: true } member => $"the script sets {member}",
        _ => null,
    };
}
