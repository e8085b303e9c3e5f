namespace DLExperiments.Shell.Hosting;

/// <summary>Reading keys from the terminal.</summary>
public static class ConsoleKeys
{
    /// <summary>Reads with Ctrl+C as a key: while a line is edited it cancels that line, while a command runs it is a signal.</summary>
    /// <typeparam name="T">What is read.</typeparam>
    /// <param name="read">Reads.</param>
    /// <returns>What was read.</returns>
    public static T WithControlC<T>(Func<T> read)
    {
        ArgumentNullException.ThrowIfNull(read);
        Console.TreatControlCAsInput = true;
        try
        {
            return read();
        }
        finally
        {
            Console.TreatControlCAsInput = false;
        }
    }

    /// <summary>Whether a key is Ctrl+C.</summary>
    /// <param name="key">The key.</param>
    /// <returns>Whether it is.</returns>
    public static bool IsControlC(ConsoleKeyInfo key) => key.Key == ConsoleKey.C && key.Modifiers.HasFlag(ConsoleModifiers.Control);
}
