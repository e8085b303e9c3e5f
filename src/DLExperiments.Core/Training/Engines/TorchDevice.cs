using System.Globalization;
using DLExperiments.Errors;
using TorchSharp;

namespace DLExperiments.Training.Engines;

/// <summary>Reads device names and refuses those that this machine cannot serve.</summary>
internal static class TorchDevice
{
    /// <summary>Opens a device by name; libtorch must be loaded.</summary>
    /// <exception cref="ExperimentException">UnknownDevice: no such name; DeviceUnavailable: libtorch cannot use it here.</exception>
    internal static torch.Device Open(string name)
    {
        string text = name.Trim().ToLowerInvariant();
        if (text == "cpu") return torch.CPU;
        if (text != "cuda" && !(text.StartsWith("cuda:", StringComparison.Ordinal) && int.TryParse(text.AsSpan(5), NumberStyles.None, CultureInfo.InvariantCulture, out _)))
            throw new ExperimentException("UnknownDevice", ErrorKind.InvalidArgument, $"'{name}' is not a device; use cpu, cuda or cuda:0, cuda:1, ...", name);
        int index = text.Length > 5 ? int.Parse(text.AsSpan(5), CultureInfo.InvariantCulture) : 0;
        if (!torch.cuda_is_available())
            throw new ExperimentException("DeviceUnavailable", ErrorKind.NotInstalled,
                $"The device '{name}' cannot be used: libtorch finds no CUDA here (Get-ComputeDevice says why). Use -Device cpu.", name);
        if (index >= torch.cuda.device_count())
            throw new ExperimentException("DeviceUnavailable", ErrorKind.NotFound,
                $"There is no device '{name}': this machine has {torch.cuda.device_count()} CUDA device(s).", name);
        return new torch.Device(DeviceType.CUDA, index);
    }
}
