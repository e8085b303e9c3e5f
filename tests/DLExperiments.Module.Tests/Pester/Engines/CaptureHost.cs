using System.Globalization;
using System.Management.Automation;
using System.Management.Automation.Host;
using System.Security;
using System.Collections.ObjectModel;

namespace DLExperiments.Module.Tests.Pester.Engines;

/// <summary>A host without a user: what is written goes to the output of the running test, questions are errors.</summary>
internal sealed class CaptureHost(PesterRun run) : PSHost
{
    public override CultureInfo CurrentCulture => CultureInfo.InvariantCulture;

    public override CultureInfo CurrentUICulture => CultureInfo.InvariantCulture;

    public override Guid InstanceId { get; } = Guid.NewGuid();

    public override string Name => "DLExperimentsTestHost";

    public override PSHostUserInterface UI { get; } = new CaptureInterface(run);

    public override Version Version { get; } = new(1, 0);

    public override void EnterNestedPrompt() => throw new NotSupportedException("Tests run without a user: no nested prompt.");

    public override void ExitNestedPrompt() => throw new NotSupportedException("Tests run without a user: no nested prompt.");

    public override void NotifyBeginApplication()
    {
    }

    public override void NotifyEndApplication()
    {
    }

    public override void SetShouldExit(int exitCode)
    {
    }

    private sealed class CaptureInterface(PesterRun run) : PSHostUserInterface
    {
        public override PSHostRawUserInterface RawUI { get; } = new CaptureRawInterface();

        public override string ReadLine() => throw Unattended();

        public override SecureString ReadLineAsSecureString() => throw Unattended();

        public override void Write(string value) => run.Write(value);

        public override void Write(ConsoleColor foregroundColor, ConsoleColor backgroundColor, string value) => run.Write(value);

        public override void WriteLine(string value) => run.Write(value + "\n");

        public override void WriteErrorLine(string value) => run.Write($"ERROR: {value}\n");

        public override void WriteDebugLine(string message) => run.Write($"DEBUG: {message}\n");

        public override void WriteVerboseLine(string message) => run.Write($"VERBOSE: {message}\n");

        public override void WriteWarningLine(string message) => run.Write($"WARNING: {message}\n");

        public override void WriteProgress(long sourceId, ProgressRecord record)
        {
        }

        public override Dictionary<string, PSObject> Prompt(string caption, string message, Collection<FieldDescription> descriptions) => throw Unattended();

        public override PSCredential PromptForCredential(string caption, string message, string userName, string targetName) => throw Unattended();

        public override PSCredential PromptForCredential(
            string caption, string message, string userName, string targetName, PSCredentialTypes allowedCredentialTypes, PSCredentialUIOptions options) => throw Unattended();

        public override int PromptForChoice(string caption, string message, Collection<ChoiceDescription> choices, int defaultChoice) => throw Unattended();

        private static PSInvalidOperationException Unattended() => new("Tests run without a user: nothing may ask a question.");
    }
}
