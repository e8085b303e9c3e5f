namespace DLExperiments.Commands.Sweeps;

/// <summary>Watches the standard input of a worker, to which its launcher writes lines while it lives: when it ends, or is silent for too long, nobody waits for the worker any more.</summary>
internal sealed class InputWatch : IDisposable
{
    private readonly Timer silence;
    private readonly TimeSpan longest;
    private readonly Action gone;
    private readonly object gate = new();
    private bool isOver;

    internal InputWatch(TimeSpan longest, Action gone)
    {
        (this.longest, this.gone) = (longest, gone);
        silence = new Timer(_ => End(), null, longest, Timeout.InfiniteTimeSpan);
        // It waits in a read that nothing but the input ends, and keeps no process alive.
        new Thread(Read) { IsBackground = true, Name = "Input of a worker" }.Start();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        lock (gate) isOver = true;
        silence.Dispose();
    }

    private void Read()
    {
        try
        {
            using Stream input = Console.OpenStandardInput();
            byte[] bytes = new byte[256];
            while (input.Read(bytes) > 0)
                lock (gate)
                    if (!isOver) silence.Change(longest, Timeout.InfiniteTimeSpan);
        }
        catch (IOException)
        {
            // An input that is broken has ended.
        }
        End();
    }

    private void End()
    {
        lock (gate)
        {
            if (isOver) return;
            isOver = true;
        }
        gone();
    }
}
