using System.Collections.ObjectModel;
using System.Management.Automation;

namespace DLExperiments.Shell.Commands.Provider;

/// <summary>
/// Base of the commands that work through the providers of the session, so that files, variables, environment variables,
/// functions and aliases are handled alike.
/// </summary>
public abstract class ProviderCommand : PSCmdlet, IDynamicParameters
{
    private readonly List<object> open = [];
    private object? dynamicParameters;

    /// <summary>Parameters that the provider of the first path adds to this command, such as -File or -Encoding.</summary>
    /// <returns>The provider's parameters, or null where it has none.</returns>
    public object? GetDynamicParameters()
    {
        try
        {
            return dynamicParameters = ProviderParameters(EngineProviders.NewContext(this));
        }
        catch (RuntimeException)
        {
            // Binding comes first: a path that no provider knows is reported when the command runs.
            return null;
        }
    }

    /// <summary>Stops the provider too, so that a listing of a large tree ends at once.</summary>
    protected override void StopProcessing()
    {
        lock (open) open.ForEach(EngineProviders.Stop);
    }

    private protected virtual object? ProviderParameters(object context) => null;

    private protected virtual PSCredential? UsedCredential => null;

    private protected virtual void Configure(object context)
    {
    }

    private protected T? Dynamic<T>() where T : class => dynamicParameters as T;

    private protected object NewContext()
    {
        var context = UsedCredential is { } credential ? EngineProviders.NewContext(this, credential) : EngineProviders.NewContext(this);
        EngineProviders.SetDynamicParameters(context, dynamicParameters);
        Configure(context);
        lock (open) open.Add(context);
        return context;
    }

    /// <summary>Runs one step for each path; a path that cannot be found is reported and the next one follows.</summary>
    private protected void ForEach(IEnumerable<string> paths, Action<string, object> step)
    {
        foreach (var path in paths) Try(path, step);
    }

    private protected bool Try(string path, Action<string, object> step)
    {
        var context = NewContext();
        try
        {
            step(path, context);
            return true;
        }
        catch (Exception error) when (error is SessionStateException or PSNotSupportedException)
        {
            WriteError(new ErrorRecord(((IContainsErrorRecord)error).ErrorRecord, error));
            return false;
        }
        finally
        {
            lock (open) open.Remove(context);
        }
    }

    private protected static Collection<string> Strings(string[]? values) => [.. values ?? []];
}
