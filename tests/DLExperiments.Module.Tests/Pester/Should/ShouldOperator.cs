using System.Management.Automation;

namespace DLExperiments.Module.Tests.Pester.Should;

/// <summary>A parameter that one operator of Should adds; a switch has no position, the others have theirs in the order of declaration.</summary>
internal sealed record ShouldParameter(string Name, Type Type);

/// <summary>What an operator gets to judge.</summary>
internal sealed class ShouldInput(object? actual, bool not, string? because, IReadOnlyDictionary<string, object?> arguments, PSCmdlet cmdlet)
{
    public object? Actual { get; } = actual;

    public bool Not { get; } = not;

    public string Because { get; } = ValueText.Because(because);

    public PSCmdlet Cmdlet { get; } = cmdlet;

    public string ActualText => ValueText.Of(Actual);

    /// <summary>What -PassThru writes.</summary>
    public object? PassThru { get; set; }

    public bool Has(string name) => arguments.ContainsKey(name);

    public object? Argument(string name) => arguments.GetValueOrDefault(name);

    public T? Argument<T>(string name) => Has(name) ? LanguagePrimitives.ConvertTo<T>(Argument(name)) : default;
}

/// <summary>One operator of Should, such as -Be.</summary>
/// <param name="Name">Name without the dash.</param>
/// <param name="Aliases">Other names.</param>
/// <param name="TakesArray">True: judges all the input at once; false: each input object by itself.</param>
/// <param name="Parameters">Its own parameters besides -Not and -Because.</param>
/// <param name="Judge">Gives null when the assertion holds (with -Not in mind), else the failure message.</param>
internal sealed record ShouldOperator(
    string Name, string[] Aliases, bool TakesArray, ShouldParameter[] Parameters, Func<ShouldInput, string?> Judge)
{
    public static IReadOnlyDictionary<string, ShouldOperator> All { get; } =
        ValueOperators.All.Concat(TextOperators.All).Concat(CommandOperators.All).ToDictionary(o => o.Name);

    /// <summary>An operator that is a plain yes or no, with one message for each wrong answer.</summary>
    public static ShouldOperator Simple(
        string name, string[] aliases, bool takesArray, ShouldParameter[] parameters,
        Func<ShouldInput, bool> holds, Func<ShouldInput, string> message, Func<ShouldInput, string> negatedMessage) =>
        new(name, aliases, takesArray, parameters, input =>
            holds(input) != input.Not ? null : input.Not ? negatedMessage(input) : message(input));
}
