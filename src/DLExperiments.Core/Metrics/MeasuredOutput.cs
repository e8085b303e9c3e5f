namespace DLExperiments.Metrics;

/// <summary>Something of an objective that metrics can be measured of.</summary>
/// <param name="Name">Its name: an output of the network, or what the objective makes of several.</param>
/// <param name="Set">Its place among what the objective hands to <see cref="Training.MeasureTotals.AddOutputs"/>.</param>
/// <param name="Form">What its numbers mean.</param>
internal sealed record MeasuredOutput(string Name, int Set, OutputForm Form);
