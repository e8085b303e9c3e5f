using System.Management.Automation;
using DLExperiments.Shell.Commands.Provider;

namespace DLExperiments.Shell.Commands.Utility;

/// <summary>Unblock-File: takes the mark "came from the internet" off files. Only Windows and macOS have such a mark.</summary>
[Cmdlet(VerbsSecurity.Unblock, "File", DefaultParameterSetName = "ByPath", SupportsShouldProcess = true)]
public sealed class UnblockFileCommand : ProviderCommand
{
    /// <summary>Files; wildcards are expanded.</summary>
    [Parameter(Mandatory = true, ParameterSetName = "ByPath", Position = 0)]
    public string[] Path { get; set; } = [];

    /// <summary>Files, taken as they are.</summary>
    [Parameter(Mandatory = true, ParameterSetName = "ByLiteralPath", ValueFromPipelineByPropertyName = true)]
    [Alias("PSPath", "LP")]
    public string[] LiteralPath { get; set; } = [];

    private bool Literal => ParameterSetName == "ByLiteralPath";

    private protected override void Configure(object context) => EngineProviders.SetLiteral(context, Literal);

    /// <inheritdoc/>
    protected override void ProcessRecord() => ForEach(Literal ? LiteralPath : Path, (path, context) =>
    {
        foreach (var item in EngineProviders.Resolve(SessionState.Path, path, context))
            if (File.Exists(item.ProviderPath) && ShouldProcess(item.ProviderPath)) Unblock(item.ProviderPath);
    });

    private void Unblock(string file)
    {
        if (OperatingSystem.IsLinux())
        {
            var error = new PlatformNotSupportedException($"Cannot unblock '{file}': files are never blocked on Linux.");
            ThrowTerminatingError(new ErrorRecord(error, "LinuxNotSupported", ErrorCategory.NotImplemented, file));
        }
        try
        {
            if (OperatingSystem.IsWindows()) File.Delete(file + ":Zone.Identifier");
            else
            {
                using var tool = System.Diagnostics.Process.Start("/usr/bin/xattr", ["-d", "com.apple.quarantine", file]);
                tool.WaitForExit();
            }
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or System.ComponentModel.Win32Exception)
        {
            WriteError(new ErrorRecord(error, "RemoveItemUnauthorizedAccessError", ErrorCategory.PermissionDenied, file));
        }
    }
}
