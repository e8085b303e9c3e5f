namespace DLExperiments.Shell.Hosting;

/// <summary>The command line of <c>dlx</c>, read.</summary>
public sealed record ShellOptions
{
    /// <summary>What to do.</summary>
    public StartMode Mode { get; init; }

    /// <summary>The text to run with <see cref="StartMode.Command"/>; <c>-</c> stands for standard input.</summary>
    public string CommandText { get; init; } = "";

    /// <summary>The script to run with <see cref="StartMode.File"/>, as given; <c>-</c> stands for standard input.</summary>
    public string FilePath { get; init; } = "";

    /// <summary>The script's arguments, or those to hand to <c>pwsh</c>, unchanged.</summary>
    public IReadOnlyList<string> Arguments { get; init; } = [];

    /// <summary>Whether the profile script is left out.</summary>
    public bool NoProfile { get; init; }

    /// <summary>Whether a question to the user is an error.</summary>
    public bool NonInteractive { get; init; }

    /// <summary>Whether the banner of the prompt is left out.</summary>
    public bool NoLogo { get; init; }

    /// <summary>Whether a prompt follows the script or command.</summary>
    public bool NoExit { get; init; }

    /// <summary>The folder to start in; empty for the current one.</summary>
    public string WorkingDirectory { get; init; } = "";

    /// <summary>The execution policy of the session; it has a meaning on Windows only, as in <c>pwsh</c>.</summary>
    public string ExecutionPolicy { get; init; } = "";
}
