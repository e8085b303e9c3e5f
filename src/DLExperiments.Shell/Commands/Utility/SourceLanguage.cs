namespace DLExperiments.Shell.Commands.Utility;

/// <summary>Languages that Add-Type compiles.</summary>
public enum SourceLanguage
{
    /// <summary>C#.</summary>
    CSharp,
}
