using DLExperiments.Module.Tests.Pester.Engines;

namespace DLExperiments.Module.Tests.Pester.SelfTests;

/// <summary>A Pester file in a temporary folder, made for one self test.</summary>
internal sealed class PesterFile : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("dlx-selftest-");

    public PesterFile(string text)
    {
        Path = System.IO.Path.Combine(_folder.FullName, "Sample.Tests.ps1");
        File.WriteAllText(Path, text);
    }

    public string Path { get; }

    /// <summary>A file that is stored in this assembly.</summary>
    public static PesterFile Stored(string name)
    {
        using var reader = new StreamReader(typeof(PesterFile).Assembly.GetManifestResourceStream(name)!);
        return new PesterFile(reader.ReadToEnd());
    }

    public static FileReport Run(string text, double timeoutSeconds = 60)
    {
        using var file = new PesterFile(text);
        return new EmbeddedEngine(TestFiles.RepositoryRoot, TimeSpan.FromSeconds(timeoutSeconds)).Run(file.Path);
    }

    /// <summary>Runs a file and gives the results that count, by the path of the test.</summary>
    public static Dictionary<string, TestResult> Results(string text)
    {
        var report = Run(text);
        Assert.Null(report.Error);
        return report.Results.GroupBy(result => result.Index).ToDictionary(group => group.Last().Path, group => group.Last());
    }

    public void Dispose() => _folder.Delete(true);
}
