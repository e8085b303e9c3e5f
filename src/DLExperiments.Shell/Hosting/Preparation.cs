using DLExperiments.Shell.Commands;

namespace DLExperiments.Shell.Hosting;

/// <summary>
/// The work of a start that need not wait for the opening of the engine, on a second processor if there is one. One thread does it all, in the order in
/// which the opening comes to need it: several would take the processor from the thread that opens.
/// </summary>
internal static class Preparation
{
    /// <summary>Begins the work and returns.</summary>
    /// <param name="module">What the script will need of the module.</param>
    internal static void Begin(Action? module)
    {
        if (Environment.ProcessorCount < 2)
            return;
        new Thread(() => Run([
            () => StockCommands.FindCmdlets(), EngineInternals.ReadPolicies, EngineInternals.ReadyRunspaces, EngineInternals.RehearseScript,
            EngineInternals.ReadyCommands, () => Task.Run(EngineInternals.ReadModuleCache), .. module is null ? [] : (Action[])[module]]))
        {
            IsBackground = true,
            Name = "preparation",
        }.Start();
    }

    private static void Run(IEnumerable<Action> steps)
    {
        foreach (var step in steps)
        {
            try
            {
                step();
            }
            catch (Exception e) when (e is not OutOfMemoryException)
            {
                // The thread that opens the engine meets the same when it comes there, and can report it.
            }
        }
    }
}
