using System.Management.Automation;
using System.Management.Automation.Runspaces;

namespace DLExperiments.Shell.Hosting;

/// <summary>Runs what the command line names, once, and knows the exit code.</summary>
/// <param name="session">The opened engine.</param>
public sealed class ScriptRunner(ShellSession session)
{
    /// <summary>Runs a script file.</summary>
    /// <param name="path">The full path of a script that exists.</param>
    /// <param name="arguments">Its arguments.</param>
    /// <returns>The exit code.</returns>
    public int RunFile(string path, IEnumerable<string> arguments)
    {
        var script = new Command(path, isScript: false, useLocalScope: false);
        foreach (var parameter in ScriptArguments.Parse(arguments))
            script.Parameters.Add(parameter);
        EngineInternals.PassExitOn(session.Runspace);
        var outcome = session.Run(new PSCommand().AddCommand(script), StandardInput(File.ReadAllText(path)));
        return session.Host.RequestedExitCode ?? (outcome == RunOutcome.Completed ? ExitCode.Success : ExitCode.Failure);
    }

    /// <summary>Runs the text of a command.</summary>
    /// <param name="text">One or more statements.</param>
    /// <param name="arguments">What <c>$args</c> holds.</param>
    /// <param name="feedInput">Whether standard input may be <c>$input</c>: not if the text came from there.</param>
    /// <returns>The exit code: of <c>exit</c>, else 1 if the last statement failed.</returns>
    public int RunCommand(string text, IEnumerable<string> arguments, bool feedInput)
    {
        var script = new Command(text, isScript: true, useLocalScope: false);
        foreach (var argument in arguments)
            script.Parameters.Add(null, argument);
        // The engine keeps $? only of what enters the history.
        var outcome = session.Run(new PSCommand().AddCommand(script), feedInput ? StandardInput(text) : null, addToHistory: true);
        if (session.Host.RequestedExitCode is { } code)
            return code;
        return outcome == RunOutcome.Completed && session.LastSucceeded ? ExitCode.Success : ExitCode.Failure;
    }

    // Only a script that asks for it is given standard input: any other would wait for the end of a pipe that nobody closes.
    private IEnumerable<string>? StandardInput(string script)
    {
        var asks = script.Contains("$input", StringComparison.OrdinalIgnoreCase) || script.Contains("ValueFromPipeline", StringComparison.OrdinalIgnoreCase);
        return asks && !session.Terminal.IsInputTerminal ? Lines() : null;

        static IEnumerable<string> Lines()
        {
            while (Console.In.ReadLine() is { } line)
                yield return line;
        }
    }
}
