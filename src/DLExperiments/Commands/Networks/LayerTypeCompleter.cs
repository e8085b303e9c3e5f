using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;
using DLExperiments.Commands.Catalogues;
using DLExperiments.Networks;
using DLExperiments.Networks.Blocks;

namespace DLExperiments.Commands.Networks;

/// <summary>Completes what Add-Layer takes: types of layers, then kinds of blocks.</summary>
public sealed class LayerTypeCompleter : IArgumentCompleter
{
    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters) =>
        new CatalogueCompleter<Layer>().CompleteArgument(commandName, parameterName, wordToComplete, commandAst, fakeBoundParameters)
            .Concat(new CatalogueCompleter<Block>().CompleteArgument(commandName, parameterName, wordToComplete, commandAst, fakeBoundParameters));
}
