namespace DLExperiments.Module.Tests.Pester;

/// <summary>A place where a script leaves a value for its host. Public because the script writes it.</summary>
public sealed class ScriptResult
{
    /// <summary>The value.</summary>
    public object? Value { get; set; }
}
