using System.Collections.ObjectModel;
using System.Management.Automation;
using DLExperiments.Errors;
using DLExperiments.Networks;

namespace DLExperiments.Commands.Networks;

/// <summary>
/// The body of a block: a network, or a script block that is run with the block's input. The first Add-Layer of the script block takes that input
/// without being piped to; it is also <c>$_</c> and the first argument.
/// </summary>
internal static class BlockBody
{
    // A script block runs on the thread of its pipeline, so nested blocks are a stack of calls.
    [ThreadStatic]
    private static NetworkDefinition? current;

    /// <summary>What the script block that is being run started with, or null outside of one.</summary>
    internal static NetworkDefinition? Current => current;

    /// <summary>Turns a body as typed into what builds it.</summary>
    internal static Func<NetworkDefinition, NetworkDefinition> From(object? body) => (body is PSObject wrapped ? wrapped.BaseObject : body) switch
    {
        ScriptBlock script => start => Run(script, start),
        NetworkDefinition network => start => start.Append(network),
        var other => throw new ExperimentException("InvalidBlock", ErrorKind.InvalidArgument,
            $"A block is made of script blocks, as in {{ Add-Layer Linear 16 }}, or of networks, not of {other?.GetType().Name ?? "null"}.", other),
    };

    private static NetworkDefinition Run(ScriptBlock script, NetworkDefinition start)
    {
        NetworkDefinition? outer = current;
        current = start;
        try
        {
            return Take(script.InvokeWithContext(null, [new PSVariable("_", start)], start), script, start);
        }
        catch (RuntimeException e) when (Cause(e) is { } cause)
        {
            throw new ExperimentException(cause.ErrorId, cause.Kind, cause.Message, cause.Target, e);
        }
        finally
        {
            current = outer;
        }
    }

    private static NetworkDefinition Take(Collection<PSObject> results, ScriptBlock script, NetworkDefinition start)
    {
        if (results.Count == 0 && string.IsNullOrWhiteSpace(script.ToString())) return start;
        if (results is not [{ BaseObject: NetworkDefinition network }])
            throw new ExperimentException("InvalidBlock", ErrorKind.InvalidArgument,
                $"The script block gives {(results.Count == 1 ? results[0]?.BaseObject.GetType().Name ?? "null" : $"{results.Count} objects")}, but a block is one network: "
                + "write its layers as one pipeline, { Add-Layer ... | Add-Layer ... }.", script.ToString());
        return network.Inputs == start.Inputs ? network : start.Append(network);
    }

    private static ExperimentException? Cause(Exception exception)
    {
        for (Exception? e = exception; e is not null; e = e.InnerException)
            if (e is ExperimentException cause) return cause;
        return null;
    }
}
