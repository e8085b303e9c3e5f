namespace DLExperiments.Shell.Hosting;

/// <summary>What <c>dlx</c> was asked to do.</summary>
public enum StartMode
{
    /// <summary>Read commands: a prompt on a terminal, else the text of standard input.</summary>
    Interactive,

    /// <summary>Run the text of <c>-Command</c> or <c>-EncodedCommand</c>.</summary>
    Command,

    /// <summary>Run a script file.</summary>
    File,

    /// <summary>Print the usage text.</summary>
    Help,

    /// <summary>Print the versions.</summary>
    Version,

    /// <summary>Start the installed <c>pwsh</c> instead.</summary>
    HandOver,
}
