using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;
using DLExperiments.Training.Control;

namespace DLExperiments.Commands.Training;

/// <summary>Completes the names of metrics of an epoch.</summary>
public sealed class EpochMetricCompleter : IArgumentCompleter
{
    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters) =>
        EpochMetric.Names.Where(n => n.StartsWith(wordToComplete ?? "", StringComparison.OrdinalIgnoreCase)).Select(n => new CompletionResult(n));
}
