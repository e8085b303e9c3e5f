using System.Collections;
using System.ComponentModel;
using System.Diagnostics;
using System.Management.Automation;

namespace DLExperiments.Shell.Commands.Processes;

/// <summary>Start-Process: starts a program.</summary>
[Cmdlet(VerbsLifecycle.Start, "Process", DefaultParameterSetName = DefaultSet, SupportsShouldProcess = true)]
[OutputType(typeof(Process))]
public sealed class StartProcessCommand : PSCmdlet, IDisposable
{
    private const string DefaultSet = "Default";
    private const string ShellSet = "UseShellExecute";
    private readonly CancellationTokenSource stop = new();

    /// <summary>The program: a path, or a name found as the engine finds commands.</summary>
    [Parameter(Mandatory = true, Position = 0)]
    [ValidateNotNullOrEmpty]
    [Alias("PSPath", "Path")]
    public string FilePath { get; set; } = "";

    /// <summary>Arguments; joined with spaces and not quoted.</summary>
    [Parameter(Position = 1)]
    [Alias("Args")]
    public string[]? ArgumentList { get; set; }

    /// <summary>The folder that the program starts in; the current location by default.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? WorkingDirectory { get; set; }

    /// <summary>Shows the program in this window.</summary>
    [Parameter(ParameterSetName = DefaultSet)]
    [Alias("nnw")]
    public SwitchParameter NoNewWindow { get; set; }

    /// <summary>Writes the process.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <summary>A file that becomes the program's input.</summary>
    [Parameter(ParameterSetName = DefaultSet)]
    [Alias("RSI")]
    [ValidateNotNullOrEmpty]
    public string? RedirectStandardInput { get; set; }

    /// <summary>A file that gets the program's output.</summary>
    [Parameter(ParameterSetName = DefaultSet)]
    [Alias("RSO")]
    [ValidateNotNullOrEmpty]
    public string? RedirectStandardOutput { get; set; }

    /// <summary>A file that gets the program's errors.</summary>
    [Parameter(ParameterSetName = DefaultSet)]
    [Alias("RSE")]
    [ValidateNotNullOrEmpty]
    public string? RedirectStandardError { get; set; }

    /// <summary>What the system's shell does with a document, such as Print.</summary>
    [Parameter(ParameterSetName = ShellSet)]
    [ValidateNotNullOrEmpty]
    public string? Verb { get; set; }

    /// <summary>How the program's window looks; only Windows has windows here.</summary>
    [Parameter]
    public ProcessWindowStyle WindowStyle { get; set; } = ProcessWindowStyle.Normal;

    /// <summary>Waits until the program ends.</summary>
    [Parameter]
    public SwitchParameter Wait { get; set; }

    /// <summary>Starts with a fresh environment.</summary>
    [Parameter(ParameterSetName = DefaultSet)]
    public SwitchParameter UseNewEnvironment { get; set; }

    /// <summary>Environment variables to set; a null value takes one away.</summary>
    [Parameter]
    public Hashtable? Environment { get; set; }

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        if (MyInvocation.BoundParameters.ContainsKey(nameof(WindowStyle)) && (NoNewWindow || !OperatingSystem.IsWindows()))
            Fail(NoNewWindow ? "-NoNewWindow and -WindowStyle exclude each other." : "-WindowStyle is known on Windows only.", "WindowStyleNotSupported", ErrorCategory.InvalidArgument);
        if (RedirectStandardOutput is not null && FullPath(RedirectStandardOutput) == FullPath(RedirectStandardError))
        {
            Report(new InvalidOperationException("RedirectStandardOutput and RedirectStandardError are the same file. Give different files."), "InvalidOperationException");
            return;
        }
        if (WorkingDirectory is not null && !Directory.Exists(FullPath(WorkingDirectory)))
        {
            Report(new DirectoryNotFoundException($"The working directory '{WorkingDirectory}' does not exist."), "DirectoryNotFoundException");
            return;
        }
        if (!ShouldProcess(string.Join(" ", (ArgumentList ?? []).Prepend(Program())))) return;

        var redirect = new ProcessRedirection(FullPath(RedirectStandardInput), FullPath(RedirectStandardOutput), FullPath(RedirectStandardError));
        var process = new Process { StartInfo = Describe(redirect) };
        try
        {
            redirect.Open();
            process.Start();
        }
        catch (Exception error) when (error is Win32Exception or InvalidOperationException or IOException or UnauthorizedAccessException)
        {
            redirect.Dispose();
            Fail($"This command cannot be run due to the error: {error.Message}", "InvalidOperationException", ErrorCategory.InvalidOperation);
        }
        var copying = redirect.Attach(process);
        if (PassThru) WriteObject(process);
        if (Wait) WaitFor(process, copying);
    }

    private ProcessStartInfo Describe(ProcessRedirection redirect)
    {
        var start = new ProcessStartInfo(Program(), string.Join(' ', ArgumentList ?? []))
        {
            UseShellExecute = ParameterSetName == ShellSet && Verb is not null,
            WorkingDirectory = WorkingDirectory is null ? SessionState.Path.CurrentFileSystemLocation.ProviderPath : FullPath(WorkingDirectory),
            WindowStyle = WindowStyle,
        };
        if (Verb is not null) start.Verb = Verb;
        if (UseNewEnvironment) start.Environment.Clear();
        foreach (DictionaryEntry entry in Environment ?? [])
        {
            var name = LanguagePrimitives.ConvertTo<string>(entry.Key);
            if (entry.Value is null) start.Environment.Remove(name);
            else start.Environment[name] = LanguagePrimitives.ConvertTo<string>(entry.Value);
        }
        redirect.Describe(start);
        return start;
    }

    private string Program()
    {
        if (InvokeCommand.GetCommand(FilePath, CommandTypes.Application | CommandTypes.ExternalScript) is { } command) return command.Source;
        return File.Exists(FullPath(FilePath)) ? FullPath(FilePath)! : FilePath;
    }

    private void Report(Exception error, string id) => WriteError(new ErrorRecord(error, id, ErrorCategory.InvalidOperation, null));

    private void WaitFor(Process process, Task copying)
    {
        try
        {
            process.WaitForExitAsync(stop.Token).Wait(stop.Token);
            copying.Wait(stop.Token);
        }
        catch (OperationCanceledException)
        {
            throw new PipelineStoppedException();
        }
    }

    private string? FullPath(string? path) => path is null ? null : SessionState.Path.GetUnresolvedProviderPathFromPSPath(path);

    private void Fail(string message, string id, ErrorCategory category) =>
        ThrowTerminatingError(new ErrorRecord(new InvalidOperationException(message), id, category, FilePath));

    /// <inheritdoc/>
    protected override void StopProcessing() => stop.Cancel();

    /// <inheritdoc/>
    public void Dispose() => stop.Dispose();
}
