using System.Management.Automation;
using System.Management.Automation.Runspaces;

namespace DLExperiments.Module.Tests.StockCommands;

/// <summary>A session of the embedded shell in a fresh folder with a few known files; the folder goes when the test ends.</summary>
public sealed class FolderShell : IDisposable
{
    private static readonly InitialSessionState State = CreateState();
    private readonly Runspace runspace;

    public FolderShell()
    {
        Folder = Directory.CreateTempSubdirectory("dlx-").FullName;
        Directory.CreateDirectory(Path.Combine(Folder, "d1", "d2"));
        foreach (var (name, text) in new Dictionary<string, string>
        {
            ["f1.txt"] = "line1\nline2\nline3\nline4\n", ["f2.txt"] = "second\n", [".hid"] = "h", ["empty.txt"] = "", ["[x].txt"] = "brackets\n",
            ["d1/n1.txt"] = "n1", ["d1/d2/n2.txt"] = "n2", ["g.csv"] = "a,b\n1,2\n",
        })
            File.WriteAllText(Path.Combine(Folder, name), text);
        runspace = RunspaceFactory.CreateRunspace(State);
        runspace.Open();
        runspace.SessionStateProxy.Path.SetLocation(Folder);
    }

    public string Folder { get; }

    /// <summary>Runs a script; each result is a part of the answer, an error its id before the comma in angle brackets.</summary>
    public string Run(string script)
    {
        using var shell = PowerShell.Create(runspace);
        shell.AddScript(script, useLocalScope: false);
        var parts = new List<string>();
        try
        {
            parts.AddRange(shell.Invoke().Select(Text));
        }
        catch (RuntimeException error)
        {
            parts.Add(Id(error.ErrorRecord) + "!");
        }
        parts.AddRange(shell.Streams.Error.Select(Id));
        return string.Join('|', parts).Replace(Folder, "~").Replace('\\', '/');
    }

    public PowerShell Shell() => PowerShell.Create(runspace);

    public string this[string name]
    {
        get => File.ReadAllText(Path.Combine(Folder, name));
        set => File.WriteAllText(Path.Combine(Folder, name), value);
    }

    public void Dispose()
    {
        runspace.Dispose();
        Directory.Delete(Folder, recursive: true);
    }

    private static string Id(ErrorRecord error) => "<" + error.FullyQualifiedErrorId.Split(',')[0] + ">";

    private static string Text(PSObject? value) => value?.BaseObject switch
    {
        null => "null",
        FileSystemInfo file => file.FullName,
        object?[] several => "(" + string.Join(',', several) + ")",
        DateTime time => time.ToString("o"),
        _ => value.ToString(),
    };

    private static InitialSessionState CreateState()
    {
        var state = InitialSessionState.CreateDefault2();
        DLExperiments.Shell.Commands.StockCommands.AddTo(state);
        return state;
    }
}
