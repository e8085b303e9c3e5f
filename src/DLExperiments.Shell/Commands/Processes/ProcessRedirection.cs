using System.Diagnostics;

namespace DLExperiments.Shell.Commands.Processes;

/// <summary>Files in place of a program's standard streams; bytes are copied as they are, and the files close when the program has ended.</summary>
internal sealed class ProcessRedirection(string? input, string? output, string? error) : IDisposable
{
    private readonly FileStream?[] files = new FileStream?[3];

    internal void Describe(ProcessStartInfo start)
    {
        start.RedirectStandardInput = input is not null;
        start.RedirectStandardOutput = output is not null;
        start.RedirectStandardError = error is not null;
    }

    /// <summary>Opens the files before the program starts: a bad path must not leave a program running.</summary>
    internal void Open()
    {
        if (input is not null) files[0] = new FileStream(input, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        if (output is not null) files[1] = new FileStream(output, FileMode.Create, FileAccess.Write, FileShare.ReadWrite);
        if (error is not null) files[2] = new FileStream(error, FileMode.Create, FileAccess.Write, FileShare.ReadWrite);
    }

    internal Task Attach(Process process) => Task.WhenAll(
        files[0] is { } from ? CopyInput(from, process) : Task.CompletedTask,
        files[1] is { } to ? Copy(process.StandardOutput.BaseStream, to) : Task.CompletedTask,
        files[2] is { } errors ? Copy(process.StandardError.BaseStream, errors) : Task.CompletedTask);

    private static async Task Copy(Stream from, FileStream to)
    {
        await using (to) await from.CopyToAsync(to).ConfigureAwait(false);
    }

    private static async Task CopyInput(FileStream from, Process process)
    {
        try
        {
            await using (from) await from.CopyToAsync(process.StandardInput.BaseStream).ConfigureAwait(false);
            process.StandardInput.Close();
        }
        catch (IOException)
        {
            // The program ended without reading all of its input.
        }
    }

    public void Dispose()
    {
        foreach (var file in files) file?.Dispose();
    }
}
