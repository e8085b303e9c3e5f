using System.Diagnostics;
using System.Reflection;
using System.Runtime.InteropServices;
using System.Text.RegularExpressions;

namespace DLExperiments.Shell.Commands.Utility;

/// <summary>
/// The C# compiler of the installed .NET SDK. The embedded shell is for machines that have the SDK and nothing else, so its compiler
/// is at hand, and 12 MB of compiler need not be shipped for the few scripts that use Add-Type.
/// </summary>
internal static partial class SdkCompiler
{
    private static readonly Dictionary<string, Assembly> Compiled = [];

    /// <summary>The compiler's file in the newest SDK of the .NET installation that runs this process; null where there is none.</summary>
    internal static string? Find()
    {
        var sdks = new DirectoryInfo(Path.Combine(Root(), "sdk"));
        if (!sdks.Exists) return null;
        return sdks.EnumerateDirectories()
            .OrderByDescending(folder => Version.TryParse(folder.Name.Split('-')[0], out var version) ? version : new Version())
            .Select(folder => Path.Combine(folder.FullName, "Roslyn", "bincore", "csc.dll")).FirstOrDefault(File.Exists);
    }

    /// <summary>Compiles source files to an assembly; the same source in the same process is compiled once.</summary>
    /// <returns>The assembly, or null with the compiler's errors.</returns>
    internal static Assembly? Compile(string compiler, IReadOnlyList<string> sources, IEnumerable<string> references, IEnumerable<string> options, out IReadOnlyList<string> errors)
    {
        errors = [];
        var key = string.Join('\0', sources.Concat(references).Concat(options));
        if (Compiled.TryGetValue(key, out var known)) return known;
        var work = Directory.CreateTempSubdirectory("add-type-");
        try
        {
            var output = Path.Combine(work.FullName, Path.GetRandomFileName() + ".dll");
            var arguments = new List<string> { "-nologo", "-noconfig", "-nostdlib", "-target:library", "-langversion:latest", "-out:" + Quote(output) };
            arguments.AddRange(References().Concat(references).Select(file => "-r:" + Quote(file)));
            arguments.AddRange(options);
            for (var i = 0; i < sources.Count; i++)
            {
                var file = Path.Combine(work.FullName, $"source{i}.cs");
                File.WriteAllText(file, sources[i]);
                arguments.Add(Quote(file));
            }
            var response = Path.Combine(work.FullName, "arguments.rsp");
            File.WriteAllLines(response, arguments);
            var text = Run(compiler, response);
            errors = [.. text.Split('\n').Where(line => ErrorLine().IsMatch(line)).Select(line => line.Trim().Replace(work.FullName + Path.DirectorySeparatorChar, ""))];
            if (!File.Exists(output)) return errors.Count > 0 ? null : throw new InvalidOperationException("The C# compiler failed: " + text.Trim());
            return Compiled[key] = Assembly.Load(File.ReadAllBytes(output));
        }
        finally
        {
            work.Delete(recursive: true);
        }
    }

    private static string Run(string compiler, string response)
    {
        var host = Path.Combine(Root(), OperatingSystem.IsWindows() ? "dotnet.exe" : "dotnet");
        var start = new ProcessStartInfo(host, ["exec", compiler, "@" + response]) { RedirectStandardOutput = true, UseShellExecute = false };
        using var process = Process.Start(start)!;
        var text = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return text;
    }

    private static IEnumerable<string> References() =>
        ((string?)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries);

    private static string Root() => Path.GetFullPath(Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "..", "..", ".."));

    private static string Quote(string path) => '"' + path + '"';

    [GeneratedRegex(@"\berror CS\d+:")]
    private static partial Regex ErrorLine();
}
