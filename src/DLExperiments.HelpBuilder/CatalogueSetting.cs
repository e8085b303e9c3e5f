namespace DLExperiments.HelpBuilder;

/// <summary>A setting of a catalogue entry.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Type">The type of its value.</param>
/// <param name="IsMandatory">Whether it has no default.</param>
/// <param name="DefaultValue">Its default.</param>
/// <param name="Description">What it is.</param>
public sealed record CatalogueSetting(string Name, Type Type, bool IsMandatory, object? DefaultValue, string Description);
