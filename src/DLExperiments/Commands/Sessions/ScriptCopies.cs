using System.Management.Automation;
using System.Management.Automation.Language;
using DLExperiments.Errors;

namespace DLExperiments.Commands.Sessions;

/// <summary>
/// Scripts of this session for another one: their text, the functions that they call, and the values that their variables have now. What a script
/// changes in a variable stays in the other session; an object that is the value of one is the same object in both.
/// </summary>
internal sealed class ScriptCopies
{
    // What every session has by itself, or what each call sets.
    private static readonly HashSet<string> Automatic = new(StringComparer.OrdinalIgnoreCase)
    {
        "_", "PSItem", "args", "input", "this", "MyInvocation", "PSBoundParameters", "PSCmdlet", "PSScriptRoot", "PSCommandPath", "foreach", "switch", "Matches", "Error", "StackTrace", "PWD", "LASTEXITCODE",
    };

    [ThreadStatic]
    private static ScriptCopies? current;

    private readonly PSCmdlet cmdlet;
    private readonly string where;
    private readonly Dictionary<ScriptBlock, Copy> copies = [];
    private readonly Dictionary<string, string> functions = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, PSModuleInfo> modules = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, object?> shared = new(StringComparer.OrdinalIgnoreCase);

    /// <param name="cmdlet">The cmdlet in whose session the scripts are; only its thread may add scripts.</param>
    /// <param name="where">What runs them, for messages: <c>a job</c>.</param>
    internal ScriptCopies(PSCmdlet cmdlet, string where)
    {
        this.cmdlet = cmdlet;
        this.where = where;
        Location = cmdlet.SessionState.Path.CurrentFileSystemLocation.ProviderPath;
    }

    /// <summary>The copies that scripts of this thread's session are run from; null where scripts run as they are.</summary>
    internal static ScriptCopies? Current
    {
        get => current;
        set => current = value;
    }

    /// <summary>The folder that the session is in.</summary>
    internal string Location { get; }

    /// <summary>The functions that the scripts call, by name, as text.</summary>
    internal IReadOnlyDictionary<string, string> Functions => functions;

    /// <summary>Whether there is nothing to run, so that it needs no session.</summary>
    internal bool IsEmpty => copies.Count == 0;

    /// <summary>Takes a script with the values of its variables.</summary>
    /// <exception cref="ExperimentException">VariableNotShared: a variable's value lives in this session.</exception>
    internal void Add(ScriptBlock script)
    {
        if (copies.ContainsKey(script)) return;
        (string text, IReadOnlyDictionary<string, string> usings) = UsingVariables.Take(script.ToString(), null);
        var copy = new Copy(text);
        copies.Add(script, copy);
        SessionState session = script.Module?.SessionState ?? cmdlet.SessionState;
        foreach ((string inner, string name) in usings)
        {
            PSVariable variable = session.PSVariable.Get(name) ?? throw new ExperimentException("UsingVariableNotFound", ErrorKind.NotFound, $"The script uses $using:{name}, but this session has no variable ${name}.", name);
            copy.Variables[inner] = Take(name, variable.Value);
        }
        Read(script.Ast, session, copy.Variables);
    }

    /// <summary>The copy of a script, in the session of the calling thread, whose pipeline must be running; null for a script that was not added.</summary>
    internal ScriptBlock? Of(ScriptBlock script)
    {
        if (!copies.TryGetValue(script, out Copy? copy)) return null;
        if (copy.Bound is { } bound) return bound;
        // A module of its own keeps each script's variables apart, as GetNewClosure does.
        var module = new PSModuleInfo(linkToGlobal: true);
        copy.Bound = module.NewBoundScriptBlock(ScriptBlock.Create(copy.Text));
        foreach ((string name, object? value) in copy.Variables.Concat(shared.Where(s => !copy.Variables.ContainsKey(s.Key))))
            module.SessionState.PSVariable.Set(name, value is ScriptBlock inner ? Of(inner) : value);
        foreach ((string name, object? value) in shared)
            module.SessionState.PSVariable.Set($"global:{name}", value is ScriptBlock inner ? Of(inner) : value);
        return copy.Bound;
    }

    /// <summary>What to do about a command that the other session does not know; null for other errors.</summary>
    /// <param name="error">The script's error.</param>
    internal string? Hint(RuntimeException error)
    {
        if (error is not CommandNotFoundException missing) return null;
        string session = $"{where} has a session of its own, with your functions and variables but without the modules that you imported";
        return modules.TryGetValue(missing.CommandName, out PSModuleInfo? module)
            ? $"{session}: '{missing.CommandName}' is of the module {module.Name}, so begin the script with Import-Module '{module.Path}'"
            : $"{session}: import the one that has '{missing.CommandName}' in the script";
    }

    /// <summary>Reads the values of variables, and the functions, whose own variables every script sees.</summary>
    private void Read(Ast ast, SessionState session, Dictionary<string, object?> variables)
    {
        foreach (VariableExpressionAst expression in ast.FindAll(a => a is VariableExpressionAst, searchNestedScriptBlocks: true).Cast<VariableExpressionAst>())
        {
            VariablePath path = expression.VariablePath;
            string name = path.UserPath[(path.UserPath.LastIndexOf(':') + 1)..];
            if (!path.IsVariable || expression.Parent is UsingExpressionAst || Automatic.Contains(name)) continue;
            if (session.PSVariable.Get(path.UserPath) is not { } variable || (variable.Options & (ScopedItemOptions.Constant | ScopedItemOptions.ReadOnly | ScopedItemOptions.AllScope)) != 0) continue;
            Dictionary<string, object?> place = path.IsGlobal ? shared : variables;
            if (!place.ContainsKey(name)) place[name] = Take(name, variable.Value);
        }
        foreach (CommandAst call in ast.FindAll(a => a is CommandAst, searchNestedScriptBlocks: true).Cast<CommandAst>())
        {
            if (call.GetCommandName() is not { } name || functions.ContainsKey(name)) continue;
            if (cmdlet.InvokeCommand.GetCommand(name, CommandTypes.Function | CommandTypes.Filter | CommandTypes.Cmdlet | CommandTypes.Alias) is not { } command) continue;
            if (command.Module is { } module) modules[name] = module;
            if (command is not FunctionInfo { Module: null } function) continue;
            functions.Add(name, function.Definition);
            Read(function.ScriptBlock.Ast, cmdlet.SessionState, shared);
        }
    }

    private object? Take(string name, object? value)
    {
        object? plain = value is PSObject wrapped && wrapped.BaseObject is not PSCustomObject ? wrapped.BaseObject : value;
        if (plain is ScriptBlock script) Add(script);
        else if (plain?.GetType().Assembly.IsDynamic == true)
            throw new ExperimentException("VariableNotShared", ErrorKind.InvalidArgument,
                $"The script uses ${name}, an object of the PowerShell class {plain.GetType().Name}, whose methods run in the session that made it and not in {where}: use a hashtable or another object, or make it in the script.", name);
        return plain is ScriptBlock ? plain : value;
    }

    private sealed class Copy(string text)
    {
        internal string Text { get; } = text;

        internal Dictionary<string, object?> Variables { get; } = new(StringComparer.OrdinalIgnoreCase);

        internal ScriptBlock? Bound { get; set; }
    }
}
