namespace DLExperiments.Native;

/// <summary>One device that can compute, or could if something were there: what <c>Get-ComputeDevice</c> reports.</summary>
/// <param name="Name">What <c>-Device</c> takes: <c>cpu</c>, <c>cuda:0</c>, <c>mps</c>.</param>
/// <param name="Type">Kind of device: <c>CPU</c>, <c>CUDA</c> or <c>MPS</c>.</param>
/// <param name="IsAvailable">Whether a network can be trained on it here and now.</param>
/// <param name="Description">The processor's or GPU's model name; empty for a device that is not there.</param>
public sealed record ComputeDevice(string Name, string Type, bool IsAvailable, string Description)
{
    /// <summary>Memory in bytes: of the machine (or the container's limit) for the CPU, of the card for a GPU; null when not known.</summary>
    public long? Memory { get; init; }

    /// <summary>Threads that one operation is spread over on the CPU; null for a GPU.</summary>
    public int? Threads { get; init; }

    /// <summary>Processor cores that this process may use, hyperthreads counted; null for a GPU.</summary>
    public int? Cores { get; init; }

    /// <summary>Vector instruction sets that the processor has and .NET uses, widest first, for example <c>AVX2</c>, <c>FMA</c>.</summary>
    public IReadOnlyList<string> InstructionSets { get; init; } = [];

    /// <summary>Bits of the widest vector of the processor that is put to use; null for a GPU.</summary>
    public int? VectorWidth { get; init; }

    /// <summary>Version of the TorchSharp assembly.</summary>
    public string TorchSharpVersion { get; init; } = "";

    /// <summary>Version of libtorch that this TorchSharp is made for.</summary>
    public string LibTorchVersion { get; init; } = "";

    /// <summary>The .NET runtime, for example <c>.NET 8.0.22</c>.</summary>
    public string Runtime { get; init; } = "";

    /// <summary>The operating system and its version.</summary>
    public string OperatingSystem { get; init; } = "";

    /// <summary>Why the device is not available and what to do about it; null when it is.</summary>
    public string? Reason { get; init; }
}
