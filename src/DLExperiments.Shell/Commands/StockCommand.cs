namespace DLExperiments.Shell.Commands;

/// <summary>A stock command.</summary>
/// <param name="Name">Verb and noun, as scripts write it.</param>
/// <param name="Type">The class.</param>
public sealed record StockCommand(string Name, Type Type);
