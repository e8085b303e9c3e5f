using System.Management.Automation.Host;

namespace DLExperiments.Commands.Reports;

/// <summary>What the host's terminal can show.</summary>
internal static class TerminalWidth
{
    private const int UsualColumns = 80, MostColumns = 120;

    /// <summary>Characters in a line, at most 120; 80 where the output is not a terminal.</summary>
    internal static int Of(PSHost? host)
    {
        try
        {
            return Math.Min(MostColumns, host?.UI?.RawUI is { WindowSize.Width: > 0 and var width } ? width : UsualColumns);
        }
        catch (Exception e) when (e is HostException or NotImplementedException or IOException or InvalidOperationException)
        {
            return UsualColumns; // output is not a terminal
        }
    }

    /// <summary>Whether colours are shown: the terminal has them and NO_COLOR is not set.</summary>
    internal static bool HasColour(PSHost? host) =>
        string.IsNullOrEmpty(Environment.GetEnvironmentVariable("NO_COLOR")) && host?.UI is { SupportsVirtualTerminal: true };
}
