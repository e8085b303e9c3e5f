using System.Reflection;
using System.Runtime.InteropServices;
using DLExperiments.Errors;
using TorchSharp;

namespace DLExperiments.Native;

/// <summary>The devices of this machine. libtorch is loaded only where nothing cheaper can tell: for a GPU that could work.</summary>
public static class ComputeDevices
{
    private static readonly string TorchSharpVersion = typeof(torch).Assembly.GetName().Version!.ToString(3);

    private static readonly string LibTorchVersion = typeof(ComputeDevices).Assembly
        .GetCustomAttributes<AssemblyMetadataAttribute>().First(a => a.Key == "LibTorchVersion").Value!;

    /// <summary>All devices: the CPU, each CUDA GPU (or one row that says why there is none) and, on macOS, MPS.</summary>
    /// <returns>The devices, one at a time: a caller who stops after the CPU never asks for the others.</returns>
    public static IEnumerable<ComputeDevice> Find()
    {
        yield return Cpu();
        foreach (ComputeDevice device in Cuda()) yield return device;
        if (OperatingSystem.IsMacOS()) yield return Mps();
    }

    /// <summary>The processor; never loads libtorch.</summary>
    /// <returns>Its description.</returns>
    public static ComputeDevice Cpu() => Complete(new("cpu", "CPU", true, Processor.Name())
    {
        Memory = Processor.Memory(),
        Threads = TorchLibrary.IsLoaded ? torch.get_num_threads() : Processor.DefaultThreads(),
        Cores = Environment.ProcessorCount,
        InstructionSets = Processor.InstructionSets(),
        VectorWidth = Processor.VectorWidth(),
    });

    private static IEnumerable<ComputeDevice> Cuda()
    {
        string? noBuild = WhyNoCudaBuild();
        CudaDriver driver = CudaDriver.Probe();
        if (driver.Devices.Count == 0)
            return [Complete(new("cuda", "CUDA", false, "") { Reason = string.Join(" ", new[] { noBuild, driver.Fault }.Where(r => r is not null)) })];
        string? reason = noBuild ?? driver.Fault ?? WhyNotUsable();
        return driver.Devices.Select((d, i) => Complete(new($"cuda:{i}", "CUDA", reason is null, d.Name) { Memory = d.Memory, Reason = reason }));
    }

    /// <summary>Looks for the files only: a CPU build cannot use a GPU, and need not be loaded to say so.</summary>
    private static string? WhyNoCudaBuild()
    {
        try
        {
            string folder = TorchLibrary.Locate();
            return NativePlatform.Current!.HasCuda(folder) ? null
                : $"The libtorch in '{folder}' is a CPU build. Put a CUDA build of libtorch {LibTorchVersion} and LibTorchSharp into one folder "
                + $"and let the environment variable {NativeFolder.Variable} name it.";
        }
        catch (ExperimentException e)
        {
            return e.Message;
        }
    }

    private static string? WhyNotUsable()
    {
        try
        {
            TorchLibrary.EnsureLoaded();
            return torch.cuda.is_available() ? null
                : TorchLibrary.CudaLoadError ?? "libtorch finds no GPU that it can use: the card is older than this build supports, or hidden by CUDA_VISIBLE_DEVICES.";
        }
        catch (ExperimentException e)
        {
            return e.Message;
        }
    }

    private static ComputeDevice Mps()
    {
        string? reason = null;
        try
        {
            TorchLibrary.EnsureLoaded();
            if (!torch.mps_is_available()) reason = "libtorch finds no Metal device that it can use: it needs macOS 12.3 or later on Apple silicon.";
        }
        catch (ExperimentException e)
        {
            reason = e.Message;
        }
        return Complete(new("mps", "MPS", reason is null, reason is null ? Processor.Name() : "") { Memory = Processor.Memory(), Reason = reason });
    }

    private static ComputeDevice Complete(ComputeDevice device) => device with
    {
        TorchSharpVersion = TorchSharpVersion,
        LibTorchVersion = LibTorchVersion,
        Runtime = RuntimeInformation.FrameworkDescription,
        OperatingSystem = RuntimeInformation.OSDescription,
    };
}
