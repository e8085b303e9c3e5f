using DLExperiments.Shell.Commands;

namespace DLExperiments.Shell.Hosting;

/// <summary>The work of a start that need not wait for the opening of the engine, on a second processor if there is one.</summary>
internal static class Preparation
{
    /// <summary>Begins the work and returns.</summary>
    /// <param name="module">What the script will need of the module.</param>
    internal static void Begin(Action? module)
    {
        if (Environment.ProcessorCount < 2)
            return;
        // Sleeps more than it works.
        Task.Run(EngineInternals.ReadModuleCache);
        Task.Run(StockCommands.FindCmdlets);
        if (module is not null)
            new Thread(() => module()) { IsBackground = true, Name = "module" }.Start();
    }
}
