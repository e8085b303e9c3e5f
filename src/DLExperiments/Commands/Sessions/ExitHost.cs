using System.Globalization;
using System.Management.Automation.Host;

namespace DLExperiments.Commands.Sessions;

/// <summary>A host without a user that takes note of <c>exit</c>: a script in a session of its own may call it, and nothing else would tell.</summary>
internal sealed class ExitHost : PSHost
{
    /// <summary>The code of the last <c>exit</c>; null as long as nobody has called it.</summary>
    internal int? ExitCode { get; set; }

    /// <inheritdoc/>
    public override CultureInfo CurrentCulture { get; } = CultureInfo.CurrentCulture;

    /// <inheritdoc/>
    public override CultureInfo CurrentUICulture { get; } = CultureInfo.CurrentUICulture;

    /// <inheritdoc/>
    public override Guid InstanceId { get; } = Guid.NewGuid();

    /// <inheritdoc/>
    public override string Name => "DLExperiments trial";

    /// <inheritdoc/>
    public override PSHostUserInterface? UI => null;

    /// <inheritdoc/>
    public override Version Version { get; } = typeof(ExitHost).Assembly.GetName().Version!;

    /// <inheritdoc/>
    public override void SetShouldExit(int exitCode) => ExitCode = exitCode;

    /// <inheritdoc/>
    public override void EnterNestedPrompt() => throw new NotSupportedException();

    /// <inheritdoc/>
    public override void ExitNestedPrompt() => throw new NotSupportedException();

    /// <inheritdoc/>
    public override void NotifyBeginApplication()
    {
    }

    /// <inheritdoc/>
    public override void NotifyEndApplication()
    {
    }
}
