namespace DLExperiments.Training.Stacking;

/// <summary>
/// Lets one thread wait for another, once for each call. It sleeps at once: a dozen threads that spin for a step of a millisecond, as semaphores do, take the time of the one that computes.
/// </summary>
internal sealed class WakeUp
{
    private readonly object gate = new();
    private bool isCalled;

    /// <summary>Wakes who waits, or who will.</summary>
    internal void Call()
    {
        lock (gate)
        {
            isCalled = true;
            Monitor.Pulse(gate);
        }
    }

    /// <summary>Sleeps until it is called.</summary>
    internal void Wait()
    {
        lock (gate)
        {
            while (!isCalled) Monitor.Wait(gate);
            isCalled = false;
        }
    }
}
