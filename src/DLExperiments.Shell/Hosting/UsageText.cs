namespace DLExperiments.Shell.Hosting;

/// <summary>What <c>dlx -Help</c> prints.</summary>
public static class UsageText
{
    /// <summary>The text.</summary>
    public const string Text = """
        dlx: an embedded PowerShell with the module DLExperiments, for machines without pwsh.

        Usage: dlx [options] [-File] script.ps1 [arguments]   run a script; exit code 0, 1 after an uncaught error, or that of 'exit n'
               dlx [options] -Command text                    run a command; '-' reads it from standard input
               dlx [options]                                  a prompt; without a terminal: run what standard input says
               dlx -Pwsh [arguments]                          start the installed pwsh with the module on its path

          -File path args      also without the option's name; arguments: -Name value, -Switch, -Flag:$false
          -Command text        all words that follow are the command (-c)
          -CommandWithArgs text args    the words that follow the text are $args (-cwa)
          -EncodedCommand b64  a command as Base64 of UTF-16 (-e, -ec)
          -WorkingDirectory d  start in this folder (-wd)
          -NonInteractive      a question to the user is an error
          -NoExit              a prompt follows the script or command
          -NoProfile           leave out the profile script
          -NoLogo              no banner
          -Interactive         ask questions (the default)
          -ExecutionPolicy p   of the session; has a meaning on Windows only
          -Version, -Help      print and leave

        Ctrl+C stops the running pipeline and runs its finally blocks (exit code 130; SIGTERM: 143).
        Colour and progress appear on a terminal only; the variable NO_COLOR turns colour off.
        """;
}
