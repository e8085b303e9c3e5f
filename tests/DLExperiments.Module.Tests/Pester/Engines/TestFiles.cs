using System.Collections.Concurrent;
using System.Reflection;

namespace DLExperiments.Module.Tests.Pester.Engines;

/// <summary>The Pester files of the repository, each discovered once and run once in this process, when first asked for.</summary>
internal static class TestFiles
{
    private const int DefaultTimeoutSeconds = 600;
    private static readonly ConcurrentDictionary<string, Lazy<FileReport>> Discoveries = new();
    private static readonly ConcurrentDictionary<string, Lazy<FileReport>> Runs = new();
    private static readonly Lazy<ITestEngine> ChosenEngine = new(ChooseEngine);

    /// <summary>The folder that holds the solution.</summary>
    public static string RepositoryRoot { get; } = Path.TrimEndingDirectorySeparator(
        typeof(TestFiles).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(a => a.Key == "RepositoryRoot").Value!);

    /// <summary>The folder of the Pester files.</summary>
    public static string Folder { get; } = Path.Combine(RepositoryRoot, "tests", "Module");

    /// <summary>How long a file may take: DLX_TEST_FILE_TIMEOUT in seconds, or 10 minutes.</summary>
    public static TimeSpan Timeout { get; } =
        TimeSpan.FromSeconds(int.TryParse(Environment.GetEnvironmentVariable("DLX_TEST_FILE_TIMEOUT"), out var seconds) && seconds > 0 ? seconds : DefaultTimeoutSeconds);

    public static ITestEngine Engine => ChosenEngine.Value;

    /// <summary>Paths relative to the folder, with slashes, sorted.</summary>
    public static IReadOnlyList<string> Names() => !Directory.Exists(Folder) ? [] :
        [.. Directory.EnumerateFiles(Folder, "*.Tests.ps1", SearchOption.AllDirectories)
            .Select(file => Path.GetRelativePath(Folder, file).Replace('\\', '/')).Order(StringComparer.Ordinal)];

    public static FileReport Discovered(string name) =>
        Discoveries.GetOrAdd(name, key => new Lazy<FileReport>(() => Engine.Discover(PathOf(key)))).Value;

    public static FileReport Ran(string name) =>
        Runs.GetOrAdd(name, key => new Lazy<FileReport>(() => Engine.Run(PathOf(key)))).Value;

    /// <summary>The result of one test.</summary>
    /// <param name="name">File, as <see cref="Names"/> gives it.</param>
    /// <param name="index">Position of the test in its file; negative: the file as a whole, which had no tests to show.</param>
    public static TestResult Result(string name, int index)
    {
        var report = Ran(name);
        if (report.Error is { } error) return new TestResult(index, name, TestOutcome.Failed, error, PathOf(name));
        if (index < 0)
            return new TestResult(index, name, TestOutcome.Failed, "Discovery failed, although a later run found tests.", PathOf(name));
        // The last result counts: a failing AfterAll corrects the result of the test before it.
        return report.Results.LastOrDefault(result => result.Index == index)
            ?? new TestResult(index, name, TestOutcome.Failed, "The test was discovered but the run gave no result for it.", PathOf(name));
    }

    private static string PathOf(string name) => Path.Combine(Folder, name.Replace('/', Path.DirectorySeparatorChar));

    private static ITestEngine ChooseEngine()
    {
        var choice = Environment.GetEnvironmentVariable("DLX_TEST_ENGINE") ?? "auto";
        if (choice is not ("auto" or "pwsh" or "embedded"))
            throw new InvalidOperationException($"DLX_TEST_ENGINE is '{choice}'; it must be auto, pwsh or embedded.");
        if (choice == "embedded") return new EmbeddedEngine(RepositoryRoot, Timeout);
        if (PwshEngine.TryCreate(RepositoryRoot, Timeout, out var reason) is { } pwsh) return pwsh;
        if (choice == "pwsh") throw new InvalidOperationException($"DLX_TEST_ENGINE asks for pwsh, but {reason}");
        return new EmbeddedEngine(RepositoryRoot, Timeout);
    }
}
