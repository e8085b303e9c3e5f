using DLExperiments.Data.Tables;

namespace DLExperiments.Data.Formats;

/// <summary>What to read, and how to report while reading.</summary>
/// <param name="Path">The file.</param>
/// <param name="Name">The data set's name.</param>
/// <param name="Table">How columns become features and targets, for formats that are tables.</param>
/// <param name="Warn">Told of what the user should know but what is no error.</param>
/// <param name="Cancellation">Stops the reading.</param>
public sealed record ImportRequest(string Path, string Name, TableOptions Table, Action<string>? Warn = null, CancellationToken Cancellation = default);
