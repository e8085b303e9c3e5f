using System.Management.Automation;
using DLExperiments.Errors;
using DLExperiments.Native;

namespace DLExperiments.Commands.Devices;

/// <summary>Reports the devices that networks can be trained on, and why a GPU is not among them.</summary>
/// <remarks>
/// The name is what -Device of Invoke-Training takes. A device that cannot be used has IsAvailable false and a Reason that says
/// what is missing.
/// </remarks>
[Cmdlet(VerbsCommon.Get, "ComputeDevice")]
[OutputType(typeof(ComputeDevice))]
public sealed class GetComputeDeviceCommand : ExperimentCommand
{
    /// <summary>Names of devices, with wildcards: <c>cpu</c>, <c>cuda*</c>.</summary>
    [Parameter(Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(ComputeDeviceCompleter))]
    public string[] Name { get; set; } = ["*"];

    /// <inheritdoc/>
    protected override void Process()
    {
        foreach (string name in Name)
        {
            // The processor alone needs no look at drivers and libraries.
            IEnumerable<ComputeDevice> devices = name.Equals("cpu", StringComparison.OrdinalIgnoreCase) ? [ComputeDevices.Cpu()] : ComputeDevices.Find();
            WildcardPattern pattern = WildcardPattern.Get(name, WildcardOptions.IgnoreCase);
            List<ComputeDevice> found = [.. devices.Where(d => pattern.IsMatch(d.Name))];
            WriteObject(found, enumerateCollection: true);
            if (found.Count == 0 && !WildcardPattern.ContainsWildcardCharacters(name))
                WriteError(new ExperimentException("DeviceNotFound", ErrorKind.NotFound,
                    $"There is no device '{name}'. Devices here: {string.Join(", ", ComputeDevices.Find().Select(d => d.Name))}.", name));
        }
    }
}
