namespace DLExperiments.Training.Optimizers;

/// <summary>What an optimizer remembers between steps, in managed memory: enough to go on exactly where it stopped, in any engine.</summary>
/// <param name="Optimizer">The catalogue name of the optimizer.</param>
/// <param name="Step">How many steps it has made.</param>
/// <param name="Values">Named values, one for each trained number in the order of the network's flat parameters (for example <c>ExpAvg</c>).</param>
public sealed record OptimizerSnapshot(string Optimizer, long Step, IReadOnlyDictionary<string, float[]> Values)
{
    /// <summary>Named numbers (for example the length of the last step of LBFGS).</summary>
    public IReadOnlyDictionary<string, double> Numbers { get; init; } = new Dictionary<string, double>();
}
