using System.Text;

namespace DLExperiments.Shell.Hosting;

/// <summary>Reads the command line by the rules of <c>pwsh</c>: case does not matter, and an option may be cut to a prefix that is unique there.</summary>
public static class ShellOptionParser
{
    /// <summary>One option: its name, the shortest prefix that means it, other spellings, and what it does.</summary>
    private sealed record Option(string Name, string Shortest, string[] Aliases, Func<ShellOptions, Queue<string>, ShellOptions> Apply)
    {
        public bool Matches(string word) =>
            (word.Length >= Shortest.Length && Name.StartsWith(word, StringComparison.OrdinalIgnoreCase))
            || Aliases.Contains(word, StringComparer.OrdinalIgnoreCase);
    }

    private static readonly Option[] Options =
    [
        new("Help", "h", ["?"], (o, _) => o with { Mode = StartMode.Help }),
        new("Version", "v", [], (o, _) => o with { Mode = StartMode.Version }),
        new("NoProfile", "nop", [], (o, _) => o with { NoProfile = true }),
        new("NoLogo", "nol", [], (o, _) => o with { NoLogo = true }),
        new("NonInteractive", "noni", [], (o, _) => o with { NonInteractive = true }),
        new("NoExit", "noe", [], (o, _) => o with { NoExit = true }),
        new("Interactive", "i", [], (o, _) => o with { NonInteractive = false }),
        new("WorkingDirectory", "wo", ["wd"], (o, rest) => o with { WorkingDirectory = Value("WorkingDirectory", "a folder", rest) }),
        new("ExecutionPolicy", "ex", ["ep"], (o, rest) => o with { ExecutionPolicy = Value("ExecutionPolicy", "a policy", rest) }),
        new("File", "f", [], ApplyFile),
        new("Command", "c", [], ApplyCommand),
        new("CommandWithArgs", "commandw", ["cwa"], ApplyCommandWithArguments),
        new("EncodedCommand", "e", ["ec", "enc"], ApplyEncodedCommand),
        new("Pwsh", "pw", [], (o, rest) => o with { Mode = StartMode.HandOver, Arguments = TakeAll(rest) }),
    ];

    /// <summary>The names of all options, for help and completion.</summary>
    public static IEnumerable<string> OptionNames => Options.Select(o => o.Name);

    /// <summary>Reads a command line.</summary>
    /// <param name="arguments">The words after the program's name.</param>
    /// <returns>What to do.</returns>
    /// <exception cref="ShellUsageException">An option is unknown, lacks its value, or has an impossible one.</exception>
    public static ShellOptions Parse(IEnumerable<string> arguments)
    {
        var rest = new Queue<string>(arguments);
        var options = new ShellOptions();
        // Each of File, Command and Pwsh takes the words that remain, so that the loop ends behind it.
        while (rest.TryDequeue(out var word))
        {
            if (word == "-")
                return ApplyCommand(options, new Queue<string>(rest.Prepend("-")));
            if (!word.StartsWith('-'))
                return ApplyFile(options, new Queue<string>(rest.Prepend(word)));
            var name = word.StartsWith("--", StringComparison.Ordinal) ? word[2..] : word[1..];
            var option = Array.Find(Options, o => o.Matches(name)) ?? throw Unknown(word, name);
            options = option.Apply(options, rest);
            if (options.Mode is StartMode.Help or StartMode.Version)
                return options;
        }
        return options;
    }

    private static ShellUsageException Unknown(string word, string name)
    {
        var near = NearMatch.Find(name, OptionNames).Select(n => "-" + n).ToArray();
        var hint = near.Length > 0 ? $" Did you mean {string.Join(" or ", near)}?" : "";
        return new($"Unknown option '{word}'.{hint} A script and its arguments come after all options; 'dlx -Help' lists the options.");
    }

    private static string Value(string option, string what, Queue<string> rest) =>
        rest.TryDequeue(out var value) ? value : throw new ShellUsageException($"The option -{option} needs {what} behind it.");

    private static string[] TakeAll(Queue<string> rest)
    {
        var all = rest.ToArray();
        rest.Clear();
        return all;
    }

    private static ShellOptions ApplyFile(ShellOptions options, Queue<string> rest)
    {
        var path = Value("File", "the path of a script", rest);
        if (path.Length == 0)
            throw new ShellUsageException("The option -File needs the path of a script behind it, not an empty text.");
        return options with { Mode = StartMode.File, FilePath = path, Arguments = TakeAll(rest) };
    }

    private static ShellOptions ApplyCommand(ShellOptions options, Queue<string> rest)
    {
        var words = TakeAll(rest);
        if (words.Length == 0)
            throw new ShellUsageException("The option -Command needs a command behind it, or '-' to read it from standard input.");
        if (words[0] == "-" && words.Length > 1)
            throw new ShellUsageException("'-' reads the command from standard input; no other words can follow it.");
        return options with { Mode = StartMode.Command, CommandText = string.Join(' ', words) };
    }

    private static ShellOptions ApplyCommandWithArguments(ShellOptions options, Queue<string> rest)
    {
        var text = Value("CommandWithArgs", "a command", rest);
        return options with { Mode = StartMode.Command, CommandText = text, Arguments = TakeAll(rest) };
    }

    private static ShellOptions ApplyEncodedCommand(ShellOptions options, Queue<string> rest)
    {
        var encoded = Value("EncodedCommand", "a command in Base64", rest);
        try
        {
            return options with { Mode = StartMode.Command, CommandText = Encoding.Unicode.GetString(Convert.FromBase64String(encoded)) };
        }
        catch (FormatException)
        {
            throw new ShellUsageException("The text behind -EncodedCommand is not Base64 of a UTF-16 (little-endian) command.");
        }
    }
}
