using System.Management.Automation;
using System.Management.Automation.Provider;
using DLExperiments.Shell.Commands.Provider;

namespace DLExperiments.Shell.Commands.Content;

/// <summary>Base of Set-Content and Add-Content: the items stay open for the whole pipeline, and each value is written as it arrives.</summary>
public abstract class WriteContentCommand : ForcePathCommand
{
    private readonly List<IContentWriter> writers = [];
    private string[]? openPaths;

    /// <summary>Paths of the items; wildcards are expanded, a file that does not exist is created.</summary>
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = ByPath, ValueFromPipelineByPropertyName = true)]
    public override string[] Path { get; set; } = [];

    /// <summary>What to write.</summary>
    [Parameter(Mandatory = true, Position = 1, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [AllowNull]
    [AllowEmptyCollection]
    public object?[]? Value { get; set; }

    /// <summary>Writes the value to the pipeline too.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    private protected abstract string Action { get; }

    private protected abstract void Prepare(string path, object context);

    private protected abstract void Position(IContentWriter writer);

    private protected override object? ProviderParameters(object context) => EngineProviders.WriterParameters(InvokeProvider.Content, FirstPath, context);

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        if (openPaths is null || !openPaths.SequenceEqual(Paths)) Open();
        if (writers.Count == 0) return;
        var values = Value ?? [];
        foreach (var writer in writers) Write(writer, values);
        if (PassThru) WriteObject(values);
    }

    private void Write(IContentWriter writer, object?[] values)
    {
        try
        {
            writer.Write(values);
        }
        catch (Exception error) when (error is RuntimeException or IContainsErrorRecord)
        {
            WriteError(new ErrorRecord(((IContainsErrorRecord)error).ErrorRecord, error));
        }
        catch (Exception error) when (error is IOException or ArgumentException or UnauthorizedAccessException)
        {
            WriteError(new ErrorRecord(error, "ContentWriterError", ErrorCategory.WriteError, writer));
        }
    }

    /// <inheritdoc/>
    protected override void EndProcessing() => Close();

    /// <inheritdoc/>
    protected override void StopProcessing()
    {
        base.StopProcessing();
        Close();
    }

    private void Open()
    {
        Close();
        openPaths = [.. Paths];
        ForEach(openPaths, (path, context) =>
        {
            foreach (var target in Targets(path, context)) Try(target, OpenOne);
        });
    }

    private void OpenOne(string path, object context)
    {
        EngineProviders.SetLiteral(context, true);
        EngineProviders.SetFilters(context, [], [], null);
        if (!ShouldProcess("Path: " + path, Action)) return;
        Prepare(path, context);
        foreach (var writer in EngineProviders.GetWriter(InvokeProvider.Content, path, context))
        {
            Position(writer);
            writers.Add(writer);
        }
    }

    private List<string> Targets(string path, object context)
    {
        try
        {
            var found = EngineProviders.Resolve(SessionState.Path, path, context).Select(item => item.Path).ToList();
            if (found.Count > 0) return found;
        }
        catch (ItemNotFoundException)
        {
            // The item is created, unless a pattern was meant to find one.
        }
        if (IsLiteral || !WildcardPattern.ContainsWildcardCharacters(path)) return [path];
        var message = $"No item at '{path}' exists, or -Include or -Exclude left it out, and a path with wildcards cannot be created. Use -LiteralPath for a name with brackets.";
        WriteError(new ErrorRecord(new ItemNotFoundException(message), "ItemNotFound", ErrorCategory.ObjectNotFound, path));
        return [];
    }

    private void Close()
    {
        lock (writers)
        {
            foreach (var writer in writers)
            {
                writer.Close();
                writer.Dispose();
            }
            writers.Clear();
        }
    }
}
