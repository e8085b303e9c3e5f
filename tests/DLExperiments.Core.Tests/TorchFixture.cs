using DLExperiments.Native;

namespace DLExperiments.Tests;

/// <summary>Loads libtorch before a test class touches TorchSharp.</summary>
public sealed class TorchFixture
{
    public TorchFixture() => TorchLibrary.EnsureLoaded();
}
