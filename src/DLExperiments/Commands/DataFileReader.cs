using System.Collections;
using System.Globalization;
using System.Management.Automation.Language;
using System.Text.Json;
using DLExperiments.Errors;

namespace DLExperiments.Commands;

/// <summary>Reads data files: PowerShell's (.psd1) with the engine's own safe language, constants, lists and hashtables, of which nothing is run; and JSON.</summary>
/// <param name="invalid">Makes the error for a file that holds something else, from the reason.</param>
internal sealed class DataFileReader(Func<string, ExperimentException> invalid)
{
    private static readonly Dictionary<string, object?> Constants = new(StringComparer.OrdinalIgnoreCase) { ["true"] = true, ["false"] = false, ["null"] = null };
    private static readonly JsonDocumentOptions Lenient = new() { AllowTrailingCommas = true, CommentHandling = JsonCommentHandling.Skip };

    /// <summary>The table in the text of a PowerShell data file.</summary>
    /// <param name="text">The text.</param>
    /// <param name="example">What such a file looks like, for messages.</param>
    internal IDictionary ReadTable(string text, string example)
    {
        ScriptBlockAst script = Parser.ParseInput(text, out _, out ParseError[] errors);
        if (errors is [var first, ..]) throw invalid($"line {first.Extent.StartLineNumber}: {first.Message}");
        if (script.EndBlock is not { Statements: [PipelineAst { PipelineElements: [CommandExpressionAst { Expression: HashtableAst table }] }] } || script.ParamBlock is not null)
            throw invalid($"a data file is one hashtable: {example}");
        return ReadTable(table);
    }

    /// <summary>The table in a JSON text.</summary>
    /// <param name="text">The text: an object.</param>
    internal IDictionary ReadJson(string text)
    {
        try
        {
            using JsonDocument json = JsonDocument.Parse(text, Lenient);
            return json.RootElement.ValueKind == JsonValueKind.Object ? ReadTable(json.RootElement) : throw invalid("it is not a JSON object");
        }
        catch (JsonException e)
        {
            throw invalid(e.Message);
        }
    }

    // The engine's own SafeGetValue refuses files of more than some 5000 elements, which a network of a few hundred layers has.
    private object? Read(Ast ast) => ast switch
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
        _ => throw invalid($"line {ast.Extent.StartLineNumber} holds code ('{ast.Extent.Text.Split('\n')[0]}'); a data file has only constants, lists and hashtables"),
    };

    private Hashtable ReadTable(HashtableAst table)
    {
        var read = new Hashtable(StringComparer.OrdinalIgnoreCase);
        foreach ((ExpressionAst key, StatementAst value) in table.KeyValuePairs) read.Add(Read(key)?.ToString() ?? "", Read(value));
        return read;
    }

    private Hashtable ReadTable(JsonElement table)
    {
        var read = new Hashtable(StringComparer.OrdinalIgnoreCase);
        foreach (JsonProperty item in table.EnumerateObject())
        {
            if (read.ContainsKey(item.Name)) throw invalid($"it has the key '{item.Name}' twice");
            read.Add(item.Name, Read(item.Value));
        }
        return read;
    }

    private object? Read(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Object => ReadTable(value),
        JsonValueKind.Array => value.EnumerateArray().Select(Read).ToArray(),
        JsonValueKind.String => value.GetString(),
        JsonValueKind.Number => value.TryGetInt32(out int whole) ? whole : value.TryGetInt64(out long wide) ? wide : value.GetDouble(),
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        _ => null,
    };
}
