using System.Management.Automation;

namespace DLExperiments.Shell.Commands.Variables;

/// <summary>What the commands about variables have in common: the scope, and finding variables by name.</summary>
public abstract class VariableCommand : PSCmdlet
{
    /// <summary>The scope: Global, Local, Script, Private, or a number of levels up.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [ArgumentCompletions("Global", "Local", "Script", "Private", "0", "1", "2", "3")]
    public string? Scope { get; set; }

    private protected object Scopes => EngineAccess.Scopes(this);

    private protected CommandOrigin Origin => MyInvocation.CommandOrigin;

    /// <summary>The variables that a name or wildcard means, sorted; where a plain name means none, an error is written.</summary>
    private protected List<PSVariable> Find(string name, string[]? include, string[]? exclude, bool reportMissing)
    {
        var found = new List<PSVariable>();
        if (WildcardPattern.ContainsWildcardCharacters(name))
        {
            var pattern = WildcardPattern.Get(name, WildcardOptions.IgnoreCase);
            var table = (IDictionary<string, PSVariable>)(Scope is null
                ? EngineAccess.Invoke(Scopes, "GetVariableTable") : EngineAccess.Invoke(Scopes, "GetVariableTableAtScope", Scope))!;
            found.AddRange(table.Values.Where(variable => pattern.IsMatch(variable.Name)).OrderBy(variable => variable.Name, StringComparer.OrdinalIgnoreCase));
        }
        else if (Exact(name) is { } variable)
        {
            found.Add(variable);
        }
        else if (reportMissing)
        {
            WriteError(new ErrorRecord(new ItemNotFoundException($"Cannot find a variable with the name '{name}'."),
                "VariableNotFound", ErrorCategory.ObjectNotFound, name));
        }
        return found.FindAll(variable => IsWanted(variable.Name, include, exclude));
    }

    private protected PSVariable? Exact(string name) =>
        Scope is null ? SessionState.PSVariable.Get(name) : (PSVariable?)EngineAccess.Invoke(Scopes, "GetVariableAtScope", name, Scope);

    private static bool IsWanted(string name, string[]? include, string[]? exclude) =>
        (include is not { Length: > 0 } || Matches(name, include)) && (exclude is not { Length: > 0 } || !Matches(name, exclude));

    private static bool Matches(string name, string[] patterns) =>
        Array.Exists(patterns, pattern => WildcardPattern.Get(pattern, WildcardOptions.IgnoreCase).IsMatch(name));

    /// <summary>Does what may fail because the variable is constant, read-only or of an unfit type, and writes that failure as an error.</summary>
    private protected void Try(Action action)
    {
        try
        {
            action();
        }
        catch (SessionStateException exception)
        {
            WriteError(new ErrorRecord(exception.ErrorRecord, exception));
        }
        catch (PSArgumentException exception)
        {
            WriteError(new ErrorRecord(exception.ErrorRecord, exception));
        }
    }
}
