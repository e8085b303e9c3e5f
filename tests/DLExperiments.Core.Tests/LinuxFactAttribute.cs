namespace DLExperiments.Tests;

/// <summary>A test of what is particular to Linux (ELF files, the loader's words); elsewhere it is skipped.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class LinuxFactAttribute : FactAttribute
{
    /// <summary>Skips when this is another system.</summary>
    public LinuxFactAttribute() => Skip = OperatingSystem.IsLinux() ? null : "Linux only";
}
