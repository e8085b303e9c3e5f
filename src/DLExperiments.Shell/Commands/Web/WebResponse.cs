namespace DLExperiments.Shell.Commands.Web;

/// <summary>The answer of a server, as Invoke-WebRequest writes it.</summary>
public sealed class WebResponse
{
    /// <summary>The status, such as 200.</summary>
    public required int StatusCode { get; init; }

    /// <summary>The status in words.</summary>
    public required string StatusDescription { get; init; }

    /// <summary>The content: text, or bytes where the content type is no text.</summary>
    public required object Content { get; init; }

    /// <summary>The headers; each has one or more values.</summary>
    public required IReadOnlyDictionary<string, string[]> Headers { get; init; }

    /// <summary>Number of bytes of the content.</summary>
    public required long RawContentLength { get; init; }

    /// <summary>The content.</summary>
    public override string ToString() => Content as string ?? $"{RawContentLength} bytes";
}
