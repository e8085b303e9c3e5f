namespace DLExperiments.HelpBuilder;

/// <summary>One entry of a catalogue, such as the layer Conv2d or the generator Moons.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Description">What it is; empty when nothing is said.</param>
/// <param name="Settings">Its settings, which are parameters of the cmdlet once the entry is named.</param>
public sealed record CatalogueItem(string Name, string Description, IReadOnlyList<CatalogueSetting> Settings);
