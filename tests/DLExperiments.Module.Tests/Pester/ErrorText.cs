using System.Management.Automation;
using DLExperiments.Module.Tests.Pester.Commands;

namespace DLExperiments.Module.Tests.Pester;

/// <summary>Errors as the report writes them.</summary>
internal static class ErrorText
{
    public static bool IsSkip(ErrorRecord error) => error.FullyQualifiedErrorId.StartsWith(SetItResultCommand.SkipId, StringComparison.Ordinal);

    public static string Message(ErrorRecord error)
    {
        var name = error.Exception is RuntimeException or Should.AssertionFailedException ? "" : error.Exception.GetType().Name + ": ";
        return name + (error.ErrorDetails?.Message ?? error.Exception.Message);
    }

    public static string Location(ErrorRecord error)
    {
        var info = error.InvocationInfo;
        var line = info?.ScriptName is { Length: > 0 } file ? $"at {info.Line.Trim()}, {file}:{info.ScriptLineNumber}" : "";
        return line != "" ? line : error.ScriptStackTrace ?? "";
    }
}
