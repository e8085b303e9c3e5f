using System.Management.Automation.Language;
using System.Text;

namespace DLExperiments.Commands.Sessions;

/// <summary>
/// <c>$using:x</c> in a script for another session, as in ForEach-Object -Parallel: the value of the session's <c>$x</c>. That session gets it as a variable of another name, because only
/// the engine's own parallel commands understand the notation.
/// </summary>
internal static class UsingVariables
{
    private const string Prefix = "__using_";

    /// <summary>Puts variables in the place of the expressions; a text without any stays as it is.</summary>
    /// <returns>The text, and the session's names by the new ones.</returns>
    internal static (string Text, IReadOnlyDictionary<string, string> Names) Take(string text, string? path)
    {
        var names = new SortedDictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        var changed = new StringBuilder(text);
        foreach (UsingExpressionAst expression in Parser.ParseInput(text, path, out _, out _).FindAll(a => a is UsingExpressionAst, true)
            .Cast<UsingExpressionAst>().OrderByDescending(u => u.Extent.StartOffset))
        {
            if (expression.SubExpression is not VariableExpressionAst variable) continue;
            string name = variable.VariablePath.UserPath;
            names[Prefix + name] = name;
            changed.Remove(expression.Extent.StartOffset, expression.Extent.EndOffset - expression.Extent.StartOffset).Insert(expression.Extent.StartOffset, $"${{{Prefix}{name}}}");
        }
        return (changed.ToString(), names);
    }
}
