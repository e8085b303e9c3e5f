namespace DLExperiments.Data.Downloads;

/// <summary>How patient a download is.</summary>
public sealed record DownloadSettings
{
    /// <summary>How long a server may take to answer, and may fall silent in the middle, before the connection counts as broken.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How often in a row a failed transfer is tried again from one address; one that got further than before does not count.</summary>
    public int Retries { get; init; } = 4;

    /// <summary>The wait before the second try; it doubles from try to try.</summary>
    public TimeSpan RetryInterval { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>The longest wait between tries, whatever the server asks for.</summary>
    public TimeSpan LongestWait { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>
    /// Web addresses or folders to fetch from instead of the original ones, in this order; each has a folder for each data set, with the
    /// files in it.
    /// </summary>
    public IReadOnlyList<string> Mirrors { get; init; } = [];
}
