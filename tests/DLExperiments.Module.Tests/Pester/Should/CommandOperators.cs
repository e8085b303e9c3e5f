using System.Management.Automation;
using System.Management.Automation.Language;

namespace DLExperiments.Module.Tests.Pester.Should;

/// <summary>The operators of Should on commands and script blocks: -Throw and -HaveParameter.</summary>
internal static class CommandOperators
{
    public static IEnumerable<ShouldOperator> All { get; } =
    [
        new("Throw", [], false,
            [new("ExpectedMessage", typeof(string)), new("ErrorId", typeof(string)), new("ExceptionType", typeof(Type)), new("PassThru", typeof(SwitchParameter))],
            Throw),
        new("HaveParameter", [], false,
            [
                new("ParameterName", typeof(string)), new("Type", typeof(object)), new("DefaultValue", typeof(object)),
                new("Mandatory", typeof(SwitchParameter)), new("InParameterSet", typeof(string)),
                new("HasArgumentCompleter", typeof(SwitchParameter)), new("Alias", typeof(string[])),
            ],
            HaveParameter),
    ];

    private static string? Throw(ShouldInput input)
    {
        if (Operators.Base(input.Actual) is not ScriptBlock body)
            throw new ArgumentException("Input is missing or not a ScriptBlock. Input to '-Throw' and '-Not -Throw' must be enclosed in curly braces.");
        ErrorRecord? thrown = null;
        var scopes = new ScriptScopes((EngineIntrinsics)input.Cmdlet.SessionState.PSVariable.GetValue("ExecutionContext"));
        scopes.InNewScope(() => thrown = scopes.DotSource(body, new System.Collections.Hashtable()));
        var place = thrown?.InvocationInfo is { } info ? " " + string.Join(Environment.NewLine + "    ",
            info.PositionMessage.Split('\n').Select(line => line.TrimEnd()).Where(line => line.Trim() != "")).Replace("At ", "from ") : "";
        if (input.Not)
            return thrown is null ? null : $"Expected no exception to be thrown,{input.Because} but an exception \"{thrown.Exception.Message}\" was thrown{place}.";

        List<string> filters = [], buts = [];
        if (input.Argument<Type>("ExceptionType") is { } type)
        {
            filters.Add($"type {ValueText.Of(type)}");
            if (thrown is not null && !type.IsInstanceOfType(thrown.Exception)) buts.Add($"the exception type was {ValueText.Of(thrown.Exception.GetType())}");
        }
        Filter("ExpectedMessage", "message like", "message", thrown?.Exception.Message);
        Filter("ErrorId", "FullyQualifiedErrorId", "FullyQualifiedErrorId", thrown?.FullyQualifiedErrorId);
        if (thrown is null) buts.Add("no exception was thrown");
        if (buts.Count == 0)
        {
            if (input.Argument<bool>("PassThru")) input.PassThru = thrown;
            return null;
        }
        var with = filters.Count == 0 ? "" : $" with {ValueText.Join(filters)}";
        return $"Expected an exception{with} to be thrown,{input.Because} but {ValueText.Join(buts)}.{place}".Trim();

        void Filter(string parameter, string words, string name, string? actual)
        {
            if (input.Argument<string>(parameter) is not { } wanted || string.IsNullOrWhiteSpace(wanted)) return;
            filters.Add($"{words} {ValueText.Of(parameter == "ExpectedMessage" ? WildcardPattern.Unescape(wanted) : wanted)}");
            if (thrown is not null && !Operators.IsTrue("-like", actual, wanted)) buts.Add($"the {name} was {ValueText.Of(actual)}");
        }
    }

    private static string? HaveParameter(ShouldInput input)
    {
        if (Operators.Base(input.Actual) is not CommandInfo command)
            throw new ArgumentException("Input value must be non-null CommandInfo object. You can get one by calling Get-Command.");
        var name = input.Argument<string>("ParameterName");
        if (string.IsNullOrEmpty(name)) throw new ArgumentException("The ParameterName can't be empty");
        if (command is AliasInfo { ResolvedCommand: { } resolved }) command = resolved;
        var found = command.Parameters.GetValueOrDefault(name);
        List<string> filters = [], buts = [];

        if (input.Argument<string>("InParameterSet") is { } set)
        {
            filters.Add($"in parameter set '{set}'");
            if (found is not null && !found.ParameterSets.ContainsKey(set) && !found.ParameterSets.ContainsKey("__AllParameterSets")) found = null;
        }
        if (input.Has("Mandatory"))
            Check("which is" + (input.Not ? " not" : "") + " mandatory", found is not null && IsMandatory(found, input.Argument<string>("InParameterSet")),
                "it wasn't mandatory", "it was mandatory");
        if (input.Has("Type"))
        {
            var type = ToType(input.Argument("Type"));
            Check("of type " + ValueText.Of(type), found?.ParameterType == type,
                $"it was of type {ValueText.Of(found?.ParameterType)}", "it was of that type");
        }
        if (input.Has("DefaultValue"))
        {
            var wanted = LanguagePrimitives.ConvertTo<string>(input.Argument("DefaultValue"));
            var actual = DefaultOf(command, name);
            Check("the default value being " + ValueText.Of(wanted), string.Equals(actual, wanted, StringComparison.OrdinalIgnoreCase),
                $"the default value was {ValueText.Of(actual)}", $"the default value was {ValueText.Of(actual)}");
        }
        if (input.Has("HasArgumentCompleter"))
            Check("with an argument completer", found?.Attributes.Any(a => a is ArgumentCompleterAttribute or IArgumentCompleterFactory) ?? false,
                "has no argument completion", "has argument completion");
        foreach (var alias in input.Argument<string[]>("Alias") ?? [])
            Check($"with alias '{alias}'", found?.Aliases.Contains(alias, StringComparer.OrdinalIgnoreCase) ?? false,
                $"it didn't have alias '{alias}'", $"it had alias '{alias}'");

        if (filters.Count == 0 && input.Not && found is not null) buts.Add("the parameter was found");
        if (found is null)
        {
            if (input.Not && filters.Count == 0) return null;
            buts = ["the parameter is missing"];
        }
        if (buts.Count == 0) return null;
        var filter = $" to {(input.Not ? "not " : "")}have a parameter {name}{(filters.Count == 0 ? "" : ", " + ValueText.Join(filters))}";
        return $"Expected command {command.Name}{filter},{input.Because} but {ValueText.Join(buts)}.";

        void Check(string what, bool holds, string missing, string present)
        {
            filters.Add(what);
            if (holds == input.Not) buts.Add(input.Not ? present : missing);
        }
    }

    private static bool IsMandatory(ParameterMetadata parameter, string? set) =>
        parameter.ParameterSets.Any(p => (set is null || p.Key.Equals(set, StringComparison.OrdinalIgnoreCase) || p.Key == "__AllParameterSets") && p.Value.IsMandatory);

    private static Type ToType(object? value)
    {
        if (Operators.Base(value) is Type type) return type;
        var name = (Operators.Base(value)?.ToString() ?? "").TrimStart('[').TrimEnd(']');
        return LanguagePrimitives.TryConvertTo<Type>(name, out var found)
            ? found
            : throw new ArgumentException($"Could not find type [{name}]. Make sure that the assembly that contains that type is loaded.");
    }

    private static string DefaultOf(CommandInfo command, string name)
    {
        var ast = command switch
        {
            FunctionInfo function => function.ScriptBlock.Ast,
            ExternalScriptInfo script => script.ScriptBlock.Ast,
            _ => throw new ArgumentException("Using -DefaultValue is only supported for functions and scripts."),
        };
        var parameters = ast is FunctionDefinitionAst definition
            ? definition.Parameters ?? definition.Body.ParamBlock?.Parameters
            : (ast as ScriptBlockAst)?.ParamBlock?.Parameters;
        var value = parameters?.FirstOrDefault(p => p.Name.VariablePath.UserPath.Equals(name, StringComparison.OrdinalIgnoreCase))?.DefaultValue;
        return value switch
        {
            null => "",
            StringConstantExpressionAst text => text.Value,
            _ => value.Extent.Text,
        };
    }
}
