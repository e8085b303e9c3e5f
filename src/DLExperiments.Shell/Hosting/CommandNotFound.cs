using System.Diagnostics;
using System.Management.Automation;
using System.Management.Automation.Runspaces;
using Microsoft.PowerShell.Commands;

namespace DLExperiments.Shell.Hosting;

/// <summary>
/// Explains an unknown command: whether PowerShell has it and this shell does not carry it, or which names are near. The error stays
/// the engine's kind: CommandNotFoundException, ErrorId of the same name, ending the statement and not the script.
/// </summary>
public static class CommandNotFound
{
    private const string ErrorId = "CommandNotFoundException";
    private const string ErrorVariable = "__dlxNotFound";

    // Only ThrowTerminatingError of an advanced function ends the statement alone; an exception thrown in the lookup is swallowed by the engine.
    private const string Thrower = """
        [CmdletBinding()] param([Parameter(ValueFromPipeline)] $InputObject, [Parameter(ValueFromRemainingArguments)] $Rest)
        begin { $PSCmdlet.ThrowTerminatingError($__dlxNotFound) }
        """;

    /// <summary>Makes a session explain unknown commands.</summary>
    /// <param name="runspace">The opened session.</param>
    /// <param name="module">Asked first about each name that is looked up; or none.</param>
    public static void Attach(Runspace runspace, ModulePreparation? module = null)
    {
        ArgumentNullException.ThrowIfNull(runspace);
        var intrinsics = runspace.SessionStateProxy.InvokeCommand;
        var (before, last) = ("", "");
        intrinsics.PreCommandLookupAction = (_, lookup) =>
        {
            module?.Look(runspace, lookup.CommandName);
            (before, last) = (last, lookup.CommandName);
        };
        intrinsics.CommandNotFoundAction = (_, lookup) =>
        {
            // For a word X without a verb the engine tries get-X as well, and asks about that first: the question about X follows.
            if (lookup.CommandName == last && lookup.CommandName == "get-" + before || !IsInvocation())
                return;
            lookup.Command = Throw(lookup.CommandName, Explain(lookup.CommandName, () => KnownNames(intrinsics)));
            lookup.StopSearch = true;
        };
    }

    // The function lives in a module of its own: it bears the unknown name, which the error shows, without entering the user's session.
    private static CommandInfo? Throw(string name, ErrorRecord record)
    {
        var module = new PSModuleInfo(false);
        module.SessionState.PSVariable.Set(ErrorVariable, record);
        var escaped = string.Concat(name.Select(c => c is '`' or '{' or '}' ? "`" + c : c.ToString()));
        var definer = ScriptBlock.Create($"${{function:{escaped}}} = $args[1]; $ExecutionContext.InvokeCommand.GetCommand($args[0], 'Function')");
        return module.Invoke(definer, name, module.NewBoundScriptBlock(ScriptBlock.Create(Thrower))) is PSObject { BaseObject: CommandInfo command } ? command : null;
    }

    // Get-Command and scripts that look a name up must be told that there is none; the engine tells the two apart only by who called it.
    private static bool IsInvocation() =>
        !new StackTrace(fNeedFileInfo: false).GetFrames().Select(f => f.GetMethod()?.DeclaringType).TakeWhile(t => t?.Name != "PipelineOps")
            .Any(t => t == typeof(GetCommandCommand) || t == typeof(CommandInvocationIntrinsics));

    /// <summary>The error for an unknown name.</summary>
    /// <param name="name">What was to be run.</param>
    /// <param name="known">The names that could have been meant; asked for only if the name is not one of PowerShell's.</param>
    /// <returns>An error record with the id <c>CommandNotFoundException</c>.</returns>
    public static ErrorRecord Explain(string name, Func<IEnumerable<string>> known)
    {
        ArgumentNullException.ThrowIfNull(name);
        ArgumentNullException.ThrowIfNull(known);
        var exception = new CommandNotFoundException(Message(name, known)) { CommandName = name };
        var record = new ErrorRecord(exception, ErrorId, ErrorCategory.ObjectNotFound, name);
        EngineInternals.FixFullId(record, ErrorId);
        return record;
    }

    private static string Message(string name, Func<IEnumerable<string>> known)
    {
        if (PowerShellCommandNames.Find(name) is { } stock)
        {
            return $"The command '{stock}' is not among those that dlx, the embedded shell, carries; PowerShell itself (pwsh) has it. "
                + "Run the script with pwsh, or with 'dlx -Pwsh' where pwsh is installed.";
        }
        var near = NearMatch.Find(name, known());
        var hint = near.Count > 0 ? $"Did you mean {string.Join(", ", near)}?" : "Check the spelling, or import the module that has it.";
        return $"The term '{name}' is not recognized as a name of a cmdlet, function, script file, or executable program. {hint}";
    }

    private static IEnumerable<string> KnownNames(CommandInvocationIntrinsics intrinsics) =>
        intrinsics.GetCommands("*", CommandTypes.Cmdlet | CommandTypes.Function | CommandTypes.Alias, nameIsPattern: true).Select(c => c.Name);
}
