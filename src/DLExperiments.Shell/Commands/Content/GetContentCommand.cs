using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Provider;
using DLExperiments.Shell.Commands.Provider;

namespace DLExperiments.Shell.Commands.Content;

/// <summary>Get-Content: the content of items, line by line by default.</summary>
[Cmdlet(VerbsCommon.Get, "Content", DefaultParameterSetName = ByPath)]
[OutputType(typeof(byte), typeof(string))]
public sealed class GetContentCommand : ForcePathCommand
{
    private const int Chunk = 1024;

    /// <summary>Paths of the items; wildcards are expanded.</summary>
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = ByPath, ValueFromPipelineByPropertyName = true)]
    public override string[] Path { get; set; } = [];

    /// <summary>How many lines go down the pipeline together; 0 for all at once.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [ValidateRange(0, long.MaxValue)]
    public long ReadCount { get; set; } = 1;

    /// <summary>Only this many lines from the start.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [ValidateRange(0, long.MaxValue)]
    [Alias("First", "Head")]
    public long TotalCount { get; set; } = -1;

    /// <summary>Only this many lines from the end.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [ValidateRange(0, int.MaxValue)]
    [Alias("Last")]
    public int Tail { get; set; } = -1;

    private protected override object? ProviderParameters(object context) => EngineProviders.ReaderParameters(InvokeProvider.Content, FirstPath, context);

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        if (TotalCount >= 0 && Tail >= 0)
        {
            var message = "The parameters TotalCount and Tail cannot be used together. Specify only one of them.";
            WriteError(new ErrorRecord(new InvalidOperationException(message), "TailAndHeadCannotCoexist", ErrorCategory.InvalidOperation, null));
            return;
        }
        if (TotalCount == 0) return;
        ForEach(Paths, (path, context) =>
        {
            var found = EngineProviders.Resolve(SessionState.Path, path, context);
            foreach (var item in found) Try(item.Path, (real, its) => Read(item, real, its));
            if (found.Count > 0) return;
            var message = $"An object at the specified path {path} does not exist, or has been filtered by the -Include or -Exclude parameter.";
            WriteError(new ErrorRecord(new ItemNotFoundException(message), "ItemNotFound", ErrorCategory.ObjectNotFound, path));
        });
    }

    private void Read(PathInfo item, string path, object context)
    {
        // Wildcards and filters have done their work: the path is a real one now.
        EngineProviders.SetLiteral(context, true);
        EngineProviders.SetFilters(context, [], [], Filter);
        foreach (var reader in EngineProviders.GetReader(InvokeProvider.Content, path, context))
        {
            try
            {
                if (Tail >= 0) WriteTail(reader, new ContentOrigin(item, SessionState));
                else WriteHead(reader, new ContentOrigin(item, SessionState));
            }
            catch (Exception error) when (error is IOException or ArgumentException or UnauthorizedAccessException or InvalidOperationException and not PSInvalidOperationException)
            {
                WriteError(new ErrorRecord(error, "GetContentReaderError", ErrorCategory.ReadError, item.Path));
            }
            finally
            {
                reader.Close();
                reader.Dispose();
            }
        }
    }

    private void WriteHead(IContentReader reader, ContentOrigin origin)
    {
        long read = 0;
        while (!Stopping && (TotalCount < 0 || read < TotalCount))
        {
            var left = TotalCount < 0 ? long.MaxValue : TotalCount - read;
            // The provider takes 0 as "all", and a bounded read must not ask for more than is wanted.
            var want = ReadCount == 0 && TotalCount < 0 ? 0 : ReadCount == 0 ? left : Math.Min(ReadCount, left);
            if (reader.Read(want) is not { Count: > 0 } lines) return;
            read += lines.Count;
            Write(lines, read, origin);
        }
    }

    private void WriteTail(IContentReader reader, ContentOrigin origin)
    {
        var kept = new Queue<object?>();
        long read = 0;
        while (!Stopping && reader.Read(Chunk) is { Count: > 0 } lines)
        {
            foreach (var line in lines)
            {
                kept.Enqueue(line);
                if (kept.Count > Tail) kept.Dequeue();
            }
            read += lines.Count;
        }
        var all = kept.ToArray();
        var step = ReadCount <= 0 ? all.Length : (int)Math.Min(ReadCount, int.MaxValue);
        for (var start = 0; start < all.Length; start += step) Write(all.Skip(start).Take(step).ToArray(), Math.Min(start + step, all.Length), origin);
    }

    private void Write(IList lines, long read, ContentOrigin origin) =>
        WriteObject(origin.Mark(lines is [var only] && ReadCount == 1 ? only! : lines.Count == 1 ? lines[0]! : lines.Cast<object>().ToArray(), read));
}
