using System.Globalization;
using System.Management.Automation;
using System.Text;
using DLExperiments.Shell.Hosting.Editing;

namespace DLExperiments.Shell.Hosting;

/// <summary>The program: reads the command line, opens the engine, runs, and returns the exit code.</summary>
public static class ShellProgram
{
    /// <summary>Runs the program.</summary>
    /// <param name="arguments">The command line.</param>
    /// <returns>The exit code.</returns>
    public static int Run(string[] arguments)
    {
        // The engine reports usage over the network unless it is told not to before its first line runs.
        Environment.SetEnvironmentVariable("POWERSHELL_TELEMETRY_OPTOUT", "1");
        CultureInfo.DefaultThreadCurrentCulture = CultureInfo.CurrentCulture = new ShellCulture();
        var terminal = new ShellTerminal();
        ShellOptions options;
        try
        {
            options = ShellOptionParser.Parse(arguments);
        }
        catch (ShellUsageException e)
        {
            return Refuse(terminal, e.Message);
        }
        return options.Mode switch
        {
            StartMode.Help => Print(terminal, UsageText.Text),
            StartMode.Version => Print(terminal, $"dlx {ShellHost.ShellVersion.ToString(3)} (PowerShell {EngineVersion()})"),
            StartMode.HandOver => PwshHandOver.Run(options.Arguments, terminal.WriteError),
            _ => Start(options, terminal),
        };
    }

    private static int Start(ShellOptions options, ShellTerminal terminal)
    {
        var file = options.Mode == StartMode.File && options.FilePath != "-" ? Path.GetFullPath(options.FilePath) : null;
        if (file is not null && !File.Exists(file))
        {
            return Refuse(terminal, $"The argument '{options.FilePath}' is not recognized as the name of a script file. "
                + "Check the spelling of the name, or if a path was included, verify that the path is correct and try again.");
        }
        if (file is not null && !file.EndsWith(".ps1", StringComparison.OrdinalIgnoreCase))
            return Refuse(terminal, $"The script '{options.FilePath}' does not end in .ps1: rename it, or use 'dlx -Command' for another program.");
        var fromInput = options.CommandText == "-" || options.FilePath == "-";
        if (fromInput && terminal.IsInputTerminal)
            return Refuse(terminal, "'-' reads the command from standard input, but that is a terminal. Pipe or redirect the command into dlx.");
        if (options.WorkingDirectory.Length > 0 && !Directory.Exists(options.WorkingDirectory))
            return Refuse(terminal, $"There is no folder '{options.WorkingDirectory}' to start in (-WorkingDirectory).");
        if (options.WorkingDirectory.Length > 0)
            Environment.CurrentDirectory = options.WorkingDirectory;

        var module = ModulePreparation.Find();
        Preparation.Begin(module?.Needed(file is not null ? File.ReadAllText(file) : options.CommandText));
        int? signalled = null;
        ShellSession? session = null;
        using var signals = new SignalHandling(code =>
        {
            signalled = code;
            session?.Stop();
        });
        using var opened = new ShellSession(options, terminal, module);
        session = opened;
        opened.Host.Interrupt = signals.Interrupt;
        Profile.Run(opened, skip: options.NoProfile);
        var runner = new ScriptRunner(opened);
        var exitCode = signalled ?? options.Mode switch
        {
            StartMode.File when file is not null => runner.RunFile(file, options.Arguments),
            StartMode.Interactive when terminal.IsInputTerminal => null,
            StartMode.Command when !fromInput => runner.RunCommand(options.CommandText, options.Arguments, feedInput: true),
            _ => runner.RunCommand(ReadInput(), options.Arguments, feedInput: false),
        };
        var wantsPrompt = exitCode is null || (options.NoExit && opened.Host.RequestedExitCode is null && signalled is null or ExitCode.Interrupted);
        if (wantsPrompt && terminal.IsInputTerminal)
        {
            bool MustLeave()
            {
                signals.Settle();
                return signalled is ExitCode.Terminated or ExitCode.HungUp;
            }
            exitCode = new InteractiveLoop(opened, MustLeave).Run(showBanner: !options.NoLogo && exitCode is null);
        }
        else if (signalled is not null)
            exitCode = signalled;
        return signalled is ExitCode.Terminated or ExitCode.HungUp ? signalled.Value : exitCode ?? ExitCode.Success;
    }

    private static string ReadInput()
    {
        using var reader = new StreamReader(Console.OpenStandardInput(), new UTF8Encoding(false));
        return reader.ReadToEnd();
    }

    private static string EngineVersion()
    {
        var version = typeof(PowerShell).Assembly.GetName().Version ?? new Version(0, 0);
        return System.Diagnostics.FileVersionInfo.GetVersionInfo(typeof(PowerShell).Assembly.Location).ProductVersion?.Split(' ', '+')[0] ?? version.ToString();
    }

    private static int Print(ShellTerminal terminal, string text)
    {
        terminal.Write(text + Environment.NewLine);
        return ExitCode.Success;
    }

    private static int Refuse(ShellTerminal terminal, string message)
    {
        terminal.WriteError(message + Environment.NewLine);
        return ExitCode.Usage;
    }
}
