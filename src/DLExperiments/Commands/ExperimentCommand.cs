using System.Management.Automation;
using DLExperiments.Errors;
using DLExperiments.Files;

namespace DLExperiments.Commands;

/// <summary>
/// Base of all cmdlets: override <see cref="Begin"/>, <see cref="Process"/> and <see cref="End"/> and let errors of the engine
/// fly; they become terminating errors with their id, and Ctrl+C becomes a cancelled token.
/// </summary>
public abstract class ExperimentCommand : PSCmdlet, IDisposable
{
    private readonly CancellationTokenSource stopping = new();

    /// <summary>Cancelled when the user stops the pipeline.</summary>
    protected CancellationToken Cancellation => stopping.Token;

    /// <summary>Frees what the cmdlet holds; PowerShell calls it however the pipeline ends.</summary>
    public void Dispose()
    {
        Dispose(true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Frees what a derived cmdlet holds.</summary>
    /// <param name="disposing">True when called by <see cref="Dispose()"/>.</param>
    protected virtual void Dispose(bool disposing)
    {
        if (disposing) stopping.Dispose();
    }

    /// <summary>Runs once before the first object of the pipeline.</summary>
    protected virtual void Begin()
    {
    }

    /// <summary>Runs for each object of the pipeline, or once without one.</summary>
    protected virtual void Process()
    {
    }

    /// <summary>Runs once after the last object of the pipeline.</summary>
    protected virtual void End()
    {
    }

    /// <inheritdoc/>
    protected sealed override void BeginProcessing() => Guard(Begin);

    /// <inheritdoc/>
    protected sealed override void ProcessRecord() => Guard(Process);

    /// <inheritdoc/>
    protected sealed override void EndProcessing() => Guard(End);

    /// <inheritdoc/>
    protected sealed override void StopProcessing() => stopping.Cancel();

    /// <summary>Reports an error about one object of several and goes on.</summary>
    /// <param name="error">What went wrong.</param>
    protected void WriteError(ExperimentException error) => WriteError(ErrorRecords.From(error)!);

    /// <summary>Writes a file to the pipeline as Get-Item gives it.</summary>
    /// <param name="path">Full path of an existing file.</param>
    protected void WriteFile(string path) => WriteObject(InvokeProvider.Item.Get([path], force: true, literalPath: true), enumerateCollection: true);

    /// <summary>The file system path of a file to be written, which need not exist.</summary>
    /// <param name="path">A PowerShell path, taken literally.</param>
    /// <exception cref="ExperimentException">NotAFilePath: the path is on another provider's drive.</exception>
    protected string ResolveTarget(string path)
    {
        string resolved = SessionState.Path.GetUnresolvedProviderPathFromPSPath(path, out ProviderInfo provider, out _);
        return provider.Name == "FileSystem" ? resolved : throw NotAFile(path);
    }

    /// <summary>As <see cref="ResolveTarget(string)"/>, and checks before any work is done that the file may be written.</summary>
    /// <param name="path">A PowerShell path, taken literally.</param>
    /// <param name="force">Whether an existing file may be replaced.</param>
    /// <exception cref="ExperimentException">FileExists, FolderNotFound or FileNotWritable.</exception>
    protected string ResolveTarget(string path, bool force)
    {
        string resolved = ResolveTarget(path);
        AtomicFile.CheckTarget(resolved, force);
        return resolved;
    }

    /// <summary>The file system paths of files to be read.</summary>
    /// <param name="path">A PowerShell path.</param>
    /// <param name="literal">False to expand wildcards.</param>
    /// <param name="folders">Whether a folder will do as well.</param>
    /// <exception cref="ExperimentException">FileNotFound: there is no such file, or no file matches.</exception>
    protected IReadOnlyList<string> ResolveSources(string path, bool literal, bool folders = false)
    {
        bool IsSource(string p) => File.Exists(p) || (folders && Directory.Exists(p));
        if (literal || !WildcardPattern.ContainsWildcardCharacters(path))
        {
            string resolved = ResolveTarget(path);
            return IsSource(resolved) ? [resolved] : throw Missing(resolved, folders ? "There is no file or folder" : "There is no file");
        }
        IReadOnlyList<string> found = SessionState.Path.GetResolvedProviderPathFromPSPath(path, out ProviderInfo provider);
        if (provider.Name != "FileSystem") throw NotAFile(path);
        found = [.. found.Where(IsSource)];
        return found.Count > 0 ? found : throw Missing(path, "No file matches");
    }

    /// <summary>Does something with each of the files to be read. Of several, one that fails is reported and the others go on; one alone ends the cmdlet.</summary>
    /// <param name="paths">PowerShell paths.</param>
    /// <param name="literal">False to expand wildcards.</param>
    /// <param name="folders">Whether a folder will do as well.</param>
    /// <param name="read">Reads one.</param>
    protected void ForEachSource(IReadOnlyCollection<string> paths, bool literal, bool folders, Action<string> read)
    {
        var sources = new List<string>();
        bool several = paths.Count > 1 || MyInvocation.ExpectingInput;
        foreach (string path in paths) Attempt(() => sources.AddRange(ResolveSources(path, literal, folders)), path);
        several |= sources.Count > 1;
        foreach (string source in sources) Attempt(() => read(source), source);

        void Attempt(Action action, string path)
        {
            try
            {
                action();
            }
            catch (Exception e) when (several && ErrorRecords.From(e, path) is { } error)
            {
                WriteError(error);
            }
        }
    }

    private static ExperimentException Missing(string path, string what) => new("FileNotFound", ErrorKind.NotFound, $"{what} '{path}'.", path);

    private static ExperimentException NotAFile(string path) =>
        new("NotAFilePath", ErrorKind.InvalidArgument, $"'{path}' is not a path of the file system.", path);

    private void Guard(Action body)
    {
        try
        {
            body();
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested || Stopping)
        {
            throw new PipelineStoppedException();
        }
        catch (Exception e) when (ErrorRecords.From(e) is not null)
        {
            this.ThrowTerminating(e);
        }
    }
}
