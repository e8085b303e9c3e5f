namespace DLExperiments.Shell.Commands.Utility;

/// <summary>A hash that Get-FileHash made.</summary>
public sealed class FileHashInfo
{
    /// <summary>Name of the algorithm, in capitals.</summary>
    public string? Algorithm { get; set; }

    /// <summary>The hash, in capital hexadecimal digits.</summary>
    public string? Hash { get; set; }

    /// <summary>The file; null for a stream.</summary>
    public string? Path { get; set; }
}
