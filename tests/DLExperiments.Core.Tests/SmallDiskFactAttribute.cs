namespace DLExperiments.Tests;

/// <summary>A test on a disk that runs full; skipped where none can be mounted.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class SmallDiskFactAttribute : FactAttribute
{
    /// <summary>Skips where there is no such disk.</summary>
    public SmallDiskFactAttribute() => Skip = SmallDisk.WhyNot;
}
