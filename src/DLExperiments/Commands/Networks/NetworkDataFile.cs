using System.Collections;
using System.Globalization;
using System.Management.Automation.Language;
using DLExperiments.Errors;

namespace DLExperiments.Commands.Networks;

/// <summary>Reads data files with the engine's own safe language: constants, lists and hashtables, and nothing is run.</summary>
internal static class NetworkDataFile
{
    private static readonly Dictionary<string, object?> Constants = new(StringComparer.OrdinalIgnoreCase) { ["true"] = true, ["false"] = false, ["null"] = null };

    /// <summary>The table in the text of a data file.</summary>
    /// <exception cref="ExperimentException">InvalidNetworkData: it does not parse, is no hashtable, or holds code.</exception>
    internal static IDictionary Read(string text)
    {
        ScriptBlockAst script = Parser.ParseInput(text, out _, out ParseError[] errors);
        if (errors is [var first, ..]) throw Invalid($"line {first.Extent.StartLineNumber}: {first.Message}");
        if (script.EndBlock is not { Statements: [PipelineAst { PipelineElements: [CommandExpressionAst { Expression: HashtableAst table }] }] } || script.ParamBlock is not null)
            throw Invalid("a data file is one hashtable: @{ Input = 4; Layers = @( @{ Type = 'Linear'; OutFeatures = 3 } ) }");
        return ReadTable(table);
    }

    // The engine's own SafeGetValue refuses files of more than some 5000 elements, which a network of a few hundred layers has.
    private static object? Read(Ast ast) => ast switch
    {
        StringConstantExpressionAst text => text.Value,
        ConstantExpressionAst constant => constant.Value,
        VariableExpressionAst variable when Constants.TryGetValue(variable.VariablePath.UserPath, out object? value) => value,
        UnaryExpressionAst { TokenKind: TokenKind.Minus, Child: ConstantExpressionAst { Value: IConvertible number and not string } } =>
            number is int whole ? -whole : -number.ToDouble(CultureInfo.InvariantCulture),
        ArrayLiteralAst list => list.Elements.Select(Read).ToArray(),
        ArrayExpressionAst list => list.SubExpression.Statements.SelectMany(s => Read(s) is object?[] several ? several : [Read(s)]).ToArray(),
        HashtableAst table => ReadTable(table),
        ParenExpressionAst inner => Read(inner.Pipeline),
        PipelineAst { PipelineElements: [CommandExpressionAst { Redirections.Count: 0 } expression] } => Read(expression.Expression),
        _ => throw Invalid($"line {ast.Extent.StartLineNumber} holds code ('{ast.Extent.Text.Split('\n')[0]}'); a data file has only constants, lists and hashtables"),
    };

    private static Hashtable ReadTable(HashtableAst table)
    {
        var read = new Hashtable(StringComparer.OrdinalIgnoreCase);
        foreach ((ExpressionAst key, StatementAst value) in table.KeyValuePairs) read.Add(Read(key)?.ToString() ?? "", Read(value));
        return read;
    }

    private static ExperimentException Invalid(string why) =>
        new("InvalidNetworkData", ErrorKind.InvalidData, $"This is not the data of a network: {why}.");
}
