using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;
using DLExperiments.Catalogues;
using DLExperiments.Commands.Catalogues;
using DLExperiments.Data.Formats;
using DLExperiments.Errors;

namespace DLExperiments.Commands.Data;

/// <summary>Completes the names of a table's columns: from the file that -Path names, the file that Import-Csv reads upstream, or the objects of a variable.</summary>
public sealed class ColumnCompleter : IArgumentCompleter
{
    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters)
    {
        var pattern = new WildcardPattern(WildcardPattern.Escape(wordToComplete.Trim('\'', '"')) + "*", WildcardOptions.IgnoreCase);
        return Columns(commandAst, fakeBoundParameters).Where(pattern.IsMatch)
            .Select(name => new CompletionResult(Quoted(name), name, CompletionResultType.ParameterValue, name));
    }

    private static IReadOnlyList<string> Columns(CommandAst command, IDictionary bound)
    {
        try
        {
            if (First(bound["Path"] ?? bound["LiteralPath"]) is { } path) return OfFile(path, bound);
            if (command.Parent is not PipelineAst { PipelineElements: var elements } || elements.IndexOf(command) is not (> 0 and var place)) return [];
            return elements[place - 1] switch
            {
                CommandAst upstream => PathOf(upstream) is { } file ? OfFile(file, new Hashtable()) : [],
                CommandExpressionAst { Expression: VariableExpressionAst variable } => OfObjects(InSession("$ExecutionContext.SessionState.PSVariable.GetValue($args[0])", variable.VariablePath.UserPath)),
                _ => [],
            };
        }
        catch (Exception e) when (e is ExperimentException or IOException or UnauthorizedAccessException or RuntimeException)
        {
            return []; // while a command is typed, a file may not be there yet
        }
    }

    /// <summary>With the settings that were typed already: -Delimiter, -NoHeader and so on.</summary>
    private static IReadOnlyList<string> OfFile(string path, IDictionary bound)
    {
        string file = (string)InSession("$ExecutionContext.SessionState.Path.GetUnresolvedProviderPathFromPSPath($args[0])", path)!;
        CatalogueEntry entry = First(bound["Format"]) is { } format ? Catalogue<DataFormat>.Default.Find(format) : DatasetFile.FindFormat(file);
        var settings = new Hashtable();
        foreach (CatalogueParameter parameter in entry.Parameters)
            if (bound.Contains(parameter.Name)) settings[parameter.Name] = CatalogueValueAttribute.Unwrap(bound[parameter.Name]);
        return ((DataFormat)entry.Create(settings)).ReadColumns(file);
    }

    // The session is busy completing, so its own proxy refuses; a script runs nested in it.
    private static object? InSession(string script, string argument) => ScriptBlock.Create(script).InvokeReturnAsIs(argument) is PSObject wrapped ? wrapped.BaseObject : null;

    private static string[] OfObjects(object? value) =>
        LanguagePrimitives.GetEnumerable(value)?.Cast<object?>().FirstOrDefault() is { } first ? TableRow.Names(PSObject.AsPSObject(first), 1) : [];

    /// <summary>The file of an Import-Csv with a path that is written out.</summary>
    private static string? PathOf(CommandAst upstream)
    {
        if (upstream.GetCommandName() is not ("Import-Csv" or "ipcsv")) return null;
        StaticBindingResult found = StaticParameterBinder.BindCommand(upstream);
        return new[] { "Path", "LiteralPath" }.Select(n => found.BoundParameters.TryGetValue(n, out ParameterBindingResult? p) ? First(p.ConstantValue) : null).FirstOrDefault(p => p is not null);
    }

    private static string? First(object? value) => value switch
    {
        PSObject wrapped => First(wrapped.BaseObject),
        string text => text,
        IEnumerable list => list.Cast<object?>().Select(First).FirstOrDefault(),
        _ => null,
    };

    private static string Quoted(string name) =>
        name.All(c => char.IsLetterOrDigit(c) || c == '_') && name.Length > 0 && char.IsLetter(name[0]) ? name : $"'{CodeGeneration.EscapeSingleQuotedStringContent(name)}'";
}
