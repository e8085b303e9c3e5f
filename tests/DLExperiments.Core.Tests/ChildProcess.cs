using System.Diagnostics;
using System.Reflection;

namespace DLExperiments.Tests;

/// <summary>
/// Runs a static method of the tests in a process of its own, for what cannot be undone in a process (loaded
/// libraries) or kills it. The test assembly is its own program: see <see cref="Main"/>.
/// </summary>
internal static class ChildProcess
{
    /// <summary>What a child did.</summary>
    /// <param name="ExitCode">0 when the method returned, 3 when it threw, else how the process died.</param>
    /// <param name="Output">All that the method wrote with <see cref="Console.Out"/>.</param>
    /// <param name="Error">All that came out on standard error.</param>
    public sealed record Result(int ExitCode, string Output, string Error);

    /// <summary>Runs a method and waits for it.</summary>
    /// <param name="method">A static method (no lambda) that takes strings.</param>
    /// <param name="environment">Variables to set for the child.</param>
    /// <param name="arguments">What it is given.</param>
    public static Result Run(Delegate method, IReadOnlyDictionary<string, string?>? environment, params string[] arguments)
    {
        ProcessStartInfo start = Line(method, arguments);
        foreach ((string name, string? value) in environment ?? new Dictionary<string, string?>()) start.Environment[name] = value;
        using Process process = Process.Start(start)!;
        Task<string> error = process.StandardError.ReadToEndAsync();
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return new(process.ExitCode, output, error.Result);
    }

    /// <summary>Starts a method and does not wait; what it writes is thrown away.</summary>
    /// <param name="method">A static method (no lambda) that takes strings.</param>
    /// <param name="arguments">What it is given.</param>
    public static Process Start(Delegate method, params string[] arguments)
    {
        Process process = Process.Start(Line(method, arguments))!;
        process.OutputDataReceived += (_, _) => { };
        process.ErrorDataReceived += (_, _) => { };
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        return process;
    }

    private static ProcessStartInfo Line(Delegate method, string[] arguments)
    {
        ProcessStartInfo start = new(Environment.ProcessPath is { } host && Path.GetFileNameWithoutExtension(host) == "dotnet" ? host : "dotnet")
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        string[] line = ["exec", typeof(ChildProcess).Assembly.Location, method.Method.DeclaringType!.FullName!, method.Method.Name, .. arguments];
        foreach (string argument in line) start.ArgumentList.Add(argument);
        return start;
    }

    private static int Main(string[] args)
    {
        try
        {
            MethodInfo method = Type.GetType(args[0], throwOnError: true)!
                .GetMethod(args[1], BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic)!;
            method.Invoke(null, args[2..]);
            return 0;
        }
        catch (TargetInvocationException e)
        {
            Console.Error.WriteLine(e.InnerException);
            return 3;
        }
    }
}
