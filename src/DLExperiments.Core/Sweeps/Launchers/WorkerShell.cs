namespace DLExperiments.Sweeps.Launchers;

/// <summary>How the cmdlets of this module are run in a process of their own.</summary>
/// <param name="Program">The shell, pwsh or dlx, and what comes before its own arguments, such as <c>dotnet dlx.dll</c>.</param>
/// <param name="Module">Full path of the module's manifest, or its name where the shell finds it by itself.</param>
public sealed record WorkerShell(IReadOnlyList<string> Program, string Module)
{
    /// <summary>
    /// An environment variable of .NET for workers, with its value (1000, in hexadecimal): after how many calls a method that is compiled already is compiled once more in the background. By the usual 30
    /// calls that is much of the shell, for one to two seconds of processor time of each worker, which its trials do without; dlx has it by itself.
    /// </summary>
    internal static KeyValuePair<string, string> CallCount { get; } = new("DOTNET_TC_CallCountThreshold", "3E8");

    /// <summary>The program and arguments that run a command of this module and end with the exit code that it writes; with 2 when it cannot be run.</summary>
    /// <param name="script">The command.</param>
    public IReadOnlyList<string> Command(string script) =>
        [.. Program, .. OptionsOf(Program), "-Command", $"try {{ Import-Module {Quote(Module)} -ErrorAction Stop; $code = {script} }} catch {{ [Console]::Error.WriteLine($_); $code = 2 }}; exit $code"];

    /// <summary>The shell's own options before its command.</summary>
    /// <param name="program">The shell, and what comes before its own arguments.</param>
    internal static IReadOnlyList<string> OptionsOf(IReadOnlyList<string> program) =>
        // pwsh would read the input itself, which is the launcher's sign of life, and would not end before it does.
        Path.GetFileNameWithoutExtension(program[^1]).StartsWith("pwsh", StringComparison.OrdinalIgnoreCase) ? ["-NoProfile", "-NonInteractive", "-InputFormat", "None"] : ["-NoProfile", "-NonInteractive"];

    /// <summary>A text as a literal of PowerShell.</summary>
    /// <param name="text">The text.</param>
    public static string Quote(string text) => $"'{text.Replace("'", "''", StringComparison.Ordinal)}'";
}
