using System.Management.Automation.Runspaces;

namespace DLExperiments.Shell.Hosting;

/// <summary>Turns the words behind a script's name into parameters, as <c>pwsh -File</c> does.</summary>
public static class ScriptArguments
{
    /// <summary>
    /// <c>-Name value</c>, <c>-Switch</c>, <c>-Name:value</c>, <c>-Flag:$false</c> and plain values. All values are texts, which the
    /// script's own parameter types convert; only <c>true</c> and <c>false</c> behind a colon, with or without <c>$</c>, are truth values.
    /// </summary>
    /// <param name="words">The words.</param>
    /// <returns>One parameter a word, in order.</returns>
    public static IEnumerable<CommandParameter> Parse(IEnumerable<string> words)
    {
        ArgumentNullException.ThrowIfNull(words);
        string? waiting = null;
        foreach (var word in words)
        {
            if (waiting is not null)
            {
                yield return new CommandParameter(waiting, Value(word));
                waiting = null;
                continue;
            }
            if (word.Length < 2 || word[0] != '-' || !IsNameStart(word[1]))
            {
                yield return new CommandParameter(null, word);
                continue;
            }
            var colon = word.IndexOf(':', StringComparison.Ordinal);
            if (colon < 0)
                yield return new CommandParameter(word);
            else if (colon == word.Length - 1)
                waiting = word[..colon];
            else
                yield return new CommandParameter(word[..colon], Value(word[(colon + 1)..]));
        }
        if (waiting is not null)
            yield return new CommandParameter(waiting, null);
    }

    // A negative number is a value: -5 and -.5 name no parameter.
    private static bool IsNameStart(char c) => !char.IsDigit(c) && c != '.';

    private static object Value(string text) => text.TrimStart('$').ToLowerInvariant() switch
    {
        "true" => true,
        "false" => false,
        _ => text,
    };
}
