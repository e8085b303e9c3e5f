using System.Management.Automation;
using System.Management.Automation.Runspaces;
using Commands = DLExperiments.Shell.Commands;

namespace DLExperiments.Module.Tests.StockCommands;

/// <summary>
/// Runs scripts in a session with the stock commands and gives what a user would see: the lines of the formatted output
/// at a width of 80 columns, then warnings, information and errors, each with its stream. Trailing blanks of lines and
/// blank lines at both ends are dropped.
/// </summary>
public sealed class ScriptTable : IDisposable
{
    private readonly Runspace runspace;

    public ScriptTable()
    {
        var state = InitialSessionState.CreateDefault2();
        Commands.StockCommands.AddTo(state);
        runspace = RunspaceFactory.CreateRunspace(state);
        runspace.Open();
        Folder = Directory.CreateTempSubdirectory("dlx-stock").FullName;
        Run("Set-Location -LiteralPath '" + Folder + "'");
    }

    /// <summary>An empty folder, the current location of the scripts.</summary>
    public string Folder { get; }

    public string Run(string script)
    {
        using var shell = PowerShell.Create(runspace);
        shell.AddScript("& {\n" + script.ReplaceLineEndings("\n") + "\n} | Out-String -Width 80 -Stream");
        var text = new List<string>();
        try
        {
            text.AddRange(shell.Invoke().Select(line => line?.ToString()?.TrimEnd() ?? "").SelectMany(line => line.Split('\n')).Select(line => line.TrimEnd()));
        }
        catch (RuntimeException exception)
        {
            text.Add($"THROWN {exception.ErrorRecord.FullyQualifiedErrorId.Split(',')[0]}: {exception.Message}");
        }
        while (text.Count > 0 && text[0].Length == 0)
            text.RemoveAt(0);
        while (text.Count > 0 && text[^1].Length == 0)
            text.RemoveAt(text.Count - 1);
        text.AddRange(shell.Streams.Warning.Select(record => "WARNING " + record.Message));
        text.AddRange(shell.Streams.Information.Select(record => "INFO " + record.MessageData));
        text.AddRange(shell.Streams.Error.Select(record => $"ERROR {record.FullyQualifiedErrorId.Split(',')[0]}: {record}"));
        return string.Join('\n', text);
    }

    /// <summary>Fails unless the script shows exactly this.</summary>
    public void Check(string script, string expected) =>
        Assert.Equal(expected.ReplaceLineEndings("\n").Trim('\n'), Run(script));

    public void Dispose()
    {
        runspace.Dispose();
        Directory.Delete(Folder, recursive: true);
    }
}
