namespace DLExperiments.Shell.Hosting;

/// <summary>Exit codes of <c>dlx</c>; those of <c>pwsh</c> where it has one.</summary>
public static class ExitCode
{
    /// <summary>Everything ran.</summary>
    public const int Success = 0;

    /// <summary>An uncaught terminating error, or the last command of <c>-Command</c> failed.</summary>
    public const int Failure = 1;

    /// <summary>Wrong options, or a script that does not exist (EX_USAGE of sysexits.h).</summary>
    public const int Usage = 64;

    /// <summary>Something that is needed is not installed (the shells' "command not found").</summary>
    public const int NotInstalled = 127;

    /// <summary>Ended by SIGHUP: 128 plus the signal's number.</summary>
    public const int HungUp = 129;

    /// <summary>Ended by Ctrl+C (SIGINT): 128 plus the signal's number.</summary>
    public const int Interrupted = 130;

    /// <summary>Ended by SIGTERM: 128 plus the signal's number.</summary>
    public const int Terminated = 143;
}
