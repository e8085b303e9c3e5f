using System.Management.Automation;

namespace DLExperiments.Module.Tests.Pester;

/// <summary>The TestDrive: of a test file: a temporary folder, where each block leaves nothing behind but what was there before it.</summary>
internal sealed class TestDrive : IDisposable
{
    private readonly DirectoryInfo _root = Directory.CreateTempSubdirectory("dlx-testdrive-");

    public TestDrive(SessionState session)
    {
        var provider = session.Provider.GetOne("FileSystem");
        session.Drive.New(new PSDriveInfo("TestDrive", provider, _root.FullName, "Test drive of this file", null), "global");
        session.PSVariable.Set("global:TestDrive", _root);
    }

    public HashSet<string> Snapshot() => _root.Exists ? [.. Entries()] : [];

    /// <summary>Deletes what was not there at the snapshot.</summary>
    public void Restore(HashSet<string> snapshot)
    {
        foreach (var entry in Entries().Where(entry => !snapshot.Contains(entry)).ToList())
        {
            if (File.Exists(entry)) File.Delete(entry);
            else if (Directory.Exists(entry)) Directory.Delete(entry, true);
        }
    }

    public void Dispose()
    {
        try
        {
            _root.Delete(true);
        }
        catch (IOException)
        {
            // A file that the tests left open cannot go yet on every system; it lies in the temporary folder and hurts nobody.
        }
    }

    private IEnumerable<string> Entries()
    {
        _root.Refresh();
        return _root.Exists ? Directory.EnumerateFileSystemEntries(_root.FullName, "*", SearchOption.AllDirectories) : [];
    }
}
