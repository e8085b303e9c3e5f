using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;
using DLExperiments.Catalogues;

namespace DLExperiments.Commands.Catalogues;

/// <summary>
/// Completes the names of a catalogue, each with its description as the tooltip:
/// <c>[ArgumentCompleter(typeof(CatalogueCompleter&lt;Layer&gt;))]</c>.
/// </summary>
/// <typeparam name="T">The head of a catalogue, or a class below it to offer only the entries that derive from it.</typeparam>
public sealed class CatalogueCompleter<T> : IArgumentCompleter
    where T : class
{
    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters)
    {
        var pattern = new WildcardPattern(wordToComplete.Trim('\'', '"') + "*", WildcardOptions.IgnoreCase);
        return from entry in CatalogueIndex.HeadOf(typeof(T))!.Entries
               where typeof(T).IsAssignableFrom(entry.Type)
               // An alias is offered only when nothing but the alias fits what was typed: `Den` gives Dense, an empty word does not.
               from name in pattern.IsMatch(entry.Name) ? [entry.Name] : entry.Aliases.Where(pattern.IsMatch)
               select new CompletionResult(name, name, CompletionResultType.ParameterValue,
                   entry.Description.Length > 0 ? entry.Description : name);
    }
}
