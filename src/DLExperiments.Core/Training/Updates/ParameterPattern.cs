using System.IO.Enumeration;
using DLExperiments.Errors;
using DLExperiments.Networks;

namespace DLExperiments.Training.Updates;

/// <summary>Chooses layers and parameters by name with wildcards: <c>linear_1</c> and <c>linear_*</c> mean all of a layer, <c>*.bias</c> all biases.</summary>
internal static class ParameterPattern
{
    /// <summary>Whether a pattern fits a layer's name, or a parameter's full name or that of its layer.</summary>
    internal static bool IsMatch(string pattern, string name) =>
        FileSystemName.MatchesSimpleExpression(pattern, name, ignoreCase: true)
        || name.LastIndexOf('.') is var dot and >= 0 && FileSystemName.MatchesSimpleExpression(pattern, name.AsSpan(0, dot), ignoreCase: true);

    /// <exception cref="ExperimentException">UnknownLayer: a pattern fits no layer.</exception>
    internal static void RequireLayers(IEnumerable<string> patterns, NetworkDefinition network)
    {
        foreach (string pattern in patterns)
            if (!network.Layers.Any(l => IsMatch(pattern, l.Name)))
                throw new ExperimentException("UnknownLayer", ErrorKind.NotFound,
                    $"There is no layer '{pattern}' in the network. {NearNames.Suggest(pattern, [.. network.Layers.Select(l => l.Name)])}", pattern);
    }

    /// <exception cref="ExperimentException">UnknownWeight: a pattern fits no trained parameter.</exception>
    internal static void RequireParameters(IEnumerable<string> patterns, NetworkDefinition network)
    {
        string[] names = NamesOf(network);
        foreach (string pattern in patterns)
            if (!names.Any(n => IsMatch(pattern, n)))
                throw new ExperimentException("UnknownWeight", ErrorKind.NotFound,
                    $"No trained parameter of the network fits '{pattern}'. {NearNames.Suggest(pattern, names)}", pattern);
    }

    /// <exception cref="ExperimentException">AmbiguousGroup: two patterns fit the same parameter.</exception>
    internal static void RequireDistinct(IReadOnlyList<string> patterns, NetworkDefinition network)
    {
        foreach (string name in NamesOf(network))
            if (patterns.Where(p => IsMatch(p, name)).ToArray() is [var one, var other, ..])
                throw new ExperimentException("AmbiguousGroup", ErrorKind.InvalidArgument, $"'{name}' is in two parameter groups, '{one}' and '{other}'; a parameter has one optimizer.", name);
    }

    private static string[] NamesOf(NetworkDefinition network) =>
        [.. network.Layers.Where(l => !l.IsFrozen).SelectMany(l => l.Parameters.Where(p => !p.IsBuffer).Select(p => $"{l.Name}.{p.Name}"))];
}
