using System.Globalization;
using System.Text;

namespace DLExperiments.Sweeps.Launchers.Ssh;

/// <summary>A machine that is reached by ssh.</summary>
/// <param name="Address">Its address, as ssh takes it.</param>
/// <param name="Settings">How it is reached and what runs there.</param>
internal sealed record SshHost(string Address, SshLauncher Settings)
{
    /// <summary>The program and arguments that run a shell of this module there.</summary>
    /// <param name="shell">The shell that runs here.</param>
    /// <param name="script">What it runs.</param>
    internal IReadOnlyList<string> Command(WorkerShell shell, string script)
    {
        // Of an option that is given twice ssh takes the first: the user's.
        var arguments = new List<string> { "ssh", "-T" };
        foreach (string option in Settings.Option) arguments.AddRange(["-o", option]);
        foreach (string option in new[] { "BatchMode=yes", $"ConnectTimeout={Settings.ConnectTime.ToString(CultureInfo.InvariantCulture)}", "ServerAliveInterval=15", "ServerAliveCountMax=4", "LogLevel=ERROR" })
            arguments.AddRange(["-o", option]);
        if (Settings.Port is { } port) arguments.AddRange(["-p", port.ToString(CultureInfo.InvariantCulture)]);
        if (Settings.KeyFile is { } key) arguments.AddRange(["-i", key]);
        IReadOnlyList<string> program = Settings.Program is { } own ? own.EndsWith(".dll", StringComparison.OrdinalIgnoreCase) ? ["dotnet", own] : [own] : shell.Program;
        // The script is encoded, since nobody knows the shell that it passes through.
        string line = string.Join(' ', [.. program.Select(Word), .. WorkerShell.OptionsOf(program), "-EncodedCommand", Convert.ToBase64String(Encoding.Unicode.GetBytes(script))]);
        return [.. arguments, "--", Address, line];
    }

    private static string Word(string text) => text.All(c => char.IsLetterOrDigit(c) || "_-./:\\~+".Contains(c, StringComparison.Ordinal)) ? text : $"\"{text}\"";
}
