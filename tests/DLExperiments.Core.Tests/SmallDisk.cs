using System.Diagnostics;

namespace DLExperiments.Tests;

/// <summary>A disk of its own that can be filled to the last byte: a file system in memory (Linux, and only for those who may mount one).</summary>
internal sealed class SmallDisk : IDisposable
{
    private static readonly Lazy<string?> Trouble = new(TryOne);

    private readonly string filler;

    /// <summary>Mounts it.</summary>
    /// <param name="size">Its size in KiB.</param>
    internal SmallDisk(int size = 4096)
    {
        Root = Directory.CreateTempSubdirectory("dlx-disk-").FullName;
        if (Run("mount", "-t", "tmpfs", "-o", FormattableString.Invariant($"size={size}k"), "tmpfs", Root) is { } error)
        {
            Directory.Delete(Root);
            throw new InvalidOperationException(error);
        }
        filler = Path.Combine(Root, "filler");
    }

    /// <summary>Why there can be none; null where there can.</summary>
    internal static string? WhyNot => Trouble.Value;

    /// <summary>Full path of its folder.</summary>
    internal string Root { get; }

    /// <summary>Uses its room up.</summary>
    /// <param name="left">How many bytes stay free, in whole pages of 4 KiB.</param>
    internal void Fill(int left = 0)
    {
        using var stream = new FileStream(filler, FileMode.Create, FileAccess.Write, FileShare.None, 0);
        byte[] page = new byte[4096];
        try
        {
            while (true) stream.Write(page);
        }
        catch (IOException)
        {
            stream.SetLength(Math.Max(0, (stream.Length + 4095) / 4096 * 4096 - left));
        }
    }

    /// <summary>Gives its room back.</summary>
    internal void MakeRoom() => File.Delete(filler);

    public void Dispose()
    {
        if (Run("umount", Root) is null) Directory.Delete(Root);
    }

    private static string? TryOne()
    {
        if (!OperatingSystem.IsLinux()) return "Linux only";
        try
        {
            new SmallDisk(64).Dispose();
            return null;
        }
        catch (Exception e) when (e is InvalidOperationException or System.ComponentModel.Win32Exception)
        {
            return $"no file system can be mounted here: {e.Message}";
        }
    }

    private static string? Run(string program, params string[] arguments)
    {
        using Process process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true })!;
        string error = process.StandardError.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0 ? null : error.Trim();
    }
}
