using System.Management.Automation;
using System.Management.Automation.Host;

namespace DLExperiments.Commands.Reports;

/// <summary>What the terminal of a cmdlet can do.</summary>
internal static class Terminal
{
    private const int UsualColumns = 80;

    /// <summary>Its width in characters; 80 where there is no terminal.</summary>
    internal static int Columns(PSCmdlet cmdlet)
    {
        try
        {
            return cmdlet.Host?.UI?.RawUI is { WindowSize.Width: > 0 and var width } ? width : UsualColumns;
        }
        catch (Exception e) when (e is HostException or NotImplementedException or IOException or InvalidOperationException)
        {
            return UsualColumns; // output is not a terminal
        }
    }

    /// <summary>Whether it shows colours and NO_COLOR is not set.</summary>
    internal static bool HasColour(PSCmdlet cmdlet) => string.IsNullOrEmpty(Environment.GetEnvironmentVariable("NO_COLOR")) && cmdlet.Host?.UI is { SupportsVirtualTerminal: true };

    /// <summary>Whether what was written can be drawn over: the terminal knows its sequences, and the output goes nowhere else.</summary>
    internal static bool CanRedraw(PSCmdlet cmdlet) => cmdlet.Host?.UI is { SupportsVirtualTerminal: true } && !System.Console.IsOutputRedirected
        && cmdlet.MyInvocation is { PipelinePosition: var place, PipelineLength: var length } && place == length && Width(cmdlet) > 0;

    private static int Width(PSCmdlet cmdlet)
    {
        try
        {
            return cmdlet.Host?.UI?.RawUI?.WindowSize.Width ?? 0;
        }
        catch (Exception e) when (e is HostException or NotImplementedException or IOException or InvalidOperationException)
        {
            return 0;
        }
    }
}
