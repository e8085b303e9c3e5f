namespace DLExperiments.Tests;

/// <summary>A test that another program written in Python takes part in (its standard library is enough); skipped where there is none.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class PythonFactAttribute : FactAttribute
{
    /// <summary>Skips without Python.</summary>
    public PythonFactAttribute() => Skip = Python is null ? "There is no python3 (Debian: apt install python3)" : null;

    /// <summary>Its path; null without.</summary>
    public static string? Python { get; } = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
        .Select(f => Path.Combine(f, OperatingSystem.IsWindows() ? "python.exe" : "python3")).FirstOrDefault(File.Exists);
}
