namespace DLExperiments.Data.Downloads;

/// <summary>How far a download is.</summary>
/// <param name="File">The file's name.</param>
/// <param name="Status">What is being done, for people.</param>
/// <param name="Received">Bytes that are there, those of an earlier, broken-off try included.</param>
/// <param name="Total">Bytes in all, or null when no one knows.</param>
public sealed record DownloadProgress(string File, string Status, long Received = 0, long? Total = null);
