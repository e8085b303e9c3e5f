using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;
using DLExperiments.Native;

namespace DLExperiments.Commands.Devices;

/// <summary>Completes the names of devices; the tool tip says what each is, or why it is off.</summary>
public sealed class ComputeDeviceCompleter : IArgumentCompleter
{
    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters)
    {
        WildcardPattern pattern = WildcardPattern.Get(wordToComplete.Trim('\'', '"') + "*", WildcardOptions.IgnoreCase);
        foreach (ComputeDevice device in ComputeDevices.Find().Where(d => pattern.IsMatch(d.Name)))
            yield return new CompletionResult(device.Name, device.Name, CompletionResultType.ParameterValue, device.Reason ?? device.Description);
    }
}
