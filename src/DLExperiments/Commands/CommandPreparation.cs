using System.Management.Automation;
using System.Reflection;
using DLExperiments.Errors;
using DLExperiments.Training;

namespace DLExperiments.Commands;

/// <summary>Readies commands before a script runs them; called by a host on a thread of its own, beside the one that opens the session.</summary>
public static class CommandPreparation
{
    private static readonly string[] Training = ["Invoke-Training", "Find-LearningRate"];

    /// <summary>Has the engine read the parameters of commands, and rehearses a training if one is among them.</summary>
    /// <param name="words">The words of the script: names of commands, optimizers, losses; all others have no effect.</param>
    public static void Prepare(IReadOnlyCollection<string> words)
    {
        ArgumentNullException.ThrowIfNull(words);
        if (Training.Any(t => words.Contains(t, StringComparer.OrdinalIgnoreCase))) Rehearse(words);
        foreach (Type type in typeof(CommandPreparation).Assembly.GetExportedTypes())
            if (type.GetCustomAttribute<CmdletAttribute>() is { } c && words.Contains($"{c.VerbName}-{c.NounName}", StringComparer.OrdinalIgnoreCase))
                _ = new CommandMetadata(type);
    }

    private static void Rehearse(IReadOnlyCollection<string> words)
    {
        try
        {
            Rehearsal.Run(words);
        }
        catch (ExperimentException)
        {
            // The words go together otherwise than in the rehearsal, or that optimizer needs the other engine; the script's own training will tell.
        }
    }
}
