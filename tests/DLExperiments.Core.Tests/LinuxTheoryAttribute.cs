namespace DLExperiments.Tests;

/// <summary>As <see cref="LinuxFactAttribute"/>, with rows of data.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class LinuxTheoryAttribute : TheoryAttribute
{
    /// <summary>Skips when this is another system.</summary>
    public LinuxTheoryAttribute() => Skip = OperatingSystem.IsLinux() ? null : "Linux only";
}
