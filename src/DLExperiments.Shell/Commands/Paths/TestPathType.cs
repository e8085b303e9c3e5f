namespace DLExperiments.Shell.Commands.Paths;

/// <summary>What Test-Path looks for.</summary>
public enum TestPathType
{
    /// <summary>Any item.</summary>
    Any,

    /// <summary>An item that holds others, such as a folder.</summary>
    Container,

    /// <summary>An item that holds no others, such as a file.</summary>
    Leaf,
}
