using System.Management.Automation;
using System.Management.Automation.Runspaces;
using System.Runtime.CompilerServices;
using DLExperiments.Commands.Catalogues;
using DLExperiments.Commands.Sessions;
using DLExperiments.Errors;
using DLExperiments.Types;

namespace DLExperiments.Commands.Networks;

/// <summary>A script block over tensors as C# calls it: in the session it was written in, or from its text in another; errors say the line.</summary>
internal sealed class BoundScript
{
    // The engine's functions know nothing of script blocks.
    private static readonly ConditionalWeakTable<object, ScriptBlock> Scripts = [];

    private readonly ScriptBlock script;
    private readonly Runspace? home = Runspace.DefaultRunspace;
    private readonly string what, errorId;
    private readonly UnguardedCalls unguarded;

    /// <param name="script">The script.</param>
    /// <param name="what">What it is part of, for messages: <c>a Lambda layer</c>.</param>
    /// <param name="errorId">The id of its errors.</param>
    internal BoundScript(ScriptBlock script, string what, string errorId)
    {
        ScriptTypes.RegisterTensors();
        this.script = script;
        this.what = what;
        this.errorId = errorId;
        Text = script.ToString();
        unguarded = new UnguardedCalls(script);
    }

    internal string Text { get; }

    /// <summary>The script block that a function runs; null when it runs none.</summary>
    /// <param name="function">A <see cref="DLExperiments.Networks.TensorFunction"/> or <see cref="DLExperiments.Training.Objectives.LossFunction"/>.</param>
    internal static ScriptBlock? Of(object function) => Scripts.TryGetValue(function, out ScriptBlock? script) ? script : null;

    /// <summary>Says which function runs it.</summary>
    internal T In<T>(T function)
        where T : class
    {
        Scripts.Add(function, script);
        return function;
    }

    /// <exception cref="ExperimentException">InvalidScript: the text does not parse.</exception>
    internal static ScriptBlock Compile(string text, string what)
    {
        try
        {
            return ScriptBlock.Create(text);
        }
        catch (ParseException e)
        {
            throw new ExperimentException("InvalidScript", ErrorKind.InvalidData, $"The script of {what} does not parse: {e.Message}", text, e);
        }
    }

    /// <summary>Runs it and gives what it gives, out of PowerShell's wrappers.</summary>
    /// <exception cref="ExperimentException">NoRunspace, UnguardedCall, or the script's own error with its line.</exception>
    internal object? Run(params object[] arguments)
    {
        if (Runspace.DefaultRunspace is null)
            throw new ExperimentException("NoRunspace", ErrorKind.InvalidOperation, $"{what} runs PowerShell, and this thread has none; run it on the thread of the pipeline.", Text);
        if (unguarded.Find() is { } call)
            throw new ExperimentException("UnguardedCall", ErrorKind.InvalidArgument,
                $"{call} would end the process if its arguments did not fit; write the method of a tensor, as in $x.matmul($y), for which that is an error.", call);
        try
        {
            // A script block goes back to the session it was written in, whose thread waits for this one: elsewhere its text runs anew.
            ScriptBlock here = ScriptCopies.Current?.Of(script) ?? (ReferenceEquals(Runspace.DefaultRunspace, home) ? script : Compile(Text, what));
            return CatalogueValueAttribute.Unwrap(here.InvokeReturnAsIs(arguments));
        }
        catch (PipelineStoppedException e)
        {
            throw new OperationCanceledException($"The script of {what} was stopped.", e);
        }
        catch (RuntimeException e)
        {
            string hint = ScriptCopies.Current?.Hint(e) is { } way ? $"; {way}" : "";
            throw new ExperimentException(errorId, ErrorKind.InvalidOperation, $"{char.ToUpperInvariant(what[0])}{what[1..]} failed: {(e.InnerException ?? e).Message.Split('\n')[0].Trim().TrimEnd('.')}{Place(e)}{hint}.", Text, e);
        }
    }

    /// <summary>An error of what the script gave.</summary>
    internal ExperimentException Wrong(string message) => new(errorId, ErrorKind.InvalidOperation, message, Text);

    private string Place(RuntimeException e)
    {
        // A script of one line needs no place.
        if (!Text.Contains('\n') || e.ErrorRecord?.InvocationInfo is not { ScriptLineNumber: > 0 } at) return "";
        // The line within the script block itself, which is what its author sees, also when it came from a file.
        int first = script.File == at.ScriptName ? script.Ast.Extent.StartLineNumber : 1;
        return $" (line {Math.Max(1, at.ScriptLineNumber - first + 1)} of the script: {at.Line.Trim()})";
    }
}
