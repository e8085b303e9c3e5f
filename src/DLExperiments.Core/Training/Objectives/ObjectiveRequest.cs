using DLExperiments.Catalogues;
using DLExperiments.Data;
using DLExperiments.Errors;
using DLExperiments.Losses;
using DLExperiments.Models;
using DLExperiments.Networks;

namespace DLExperiments.Training.Objectives;

/// <summary>What an objective is fitted to.</summary>
public sealed record ObjectiveRequest
{
    /// <summary>The network.</summary>
    public required NetworkDefinition Network { get; init; }

    /// <summary>The training rows.</summary>
    public required Dataset Train { get; init; }

    /// <summary>The model that goes on, or null.</summary>
    public Model? Start { get; init; }

    /// <summary>The loss that was asked for; null to choose.</summary>
    public Loss? Loss { get; init; }

    /// <summary>Losses by the name of an output.</summary>
    public IReadOnlyDictionary<string, Loss> Losses { get; init; } = new Dictionary<string, Loss>();

    /// <summary>Factors of losses by the name of an output, or of a loss of a custom objective.</summary>
    public IReadOnlyDictionary<string, double> LossWeights { get; init; } = new Dictionary<string, double>();

    /// <summary>What an output meant to the model that goes on; null for a new network.</summary>
    /// <param name="output">The output.</param>
    internal ModelOutput? Before(string output) => Start?.Outputs.FirstOrDefault(o => o.Name == output);

    /// <summary>The loss of an output: as asked for it, as asked for all, the model's own, or one that fits the target.</summary>
    /// <param name="output">The output.</param>
    /// <param name="target">The target's column, if it has one alone.</param>
    internal Loss LossOf(string output, DataColumn? target) =>
        Value(Losses, output) ?? Loss ?? Before(output)?.Loss ?? Choose(Network.ShapeOf(output), target);

    /// <summary>The value of an output in a table whose keys have no regard to case.</summary>
    internal static T? Value<T>(IReadOnlyDictionary<string, T> table, string output)
        where T : class => table.FirstOrDefault(p => p.Key.Equals(output, StringComparison.OrdinalIgnoreCase)).Value;

    /// <summary>The factor of an output's loss, or null when none was given.</summary>
    internal double? WeightOf(string output) => LossWeights.Where(p => p.Key.Equals(output, StringComparison.OrdinalIgnoreCase)).Select(p => (double?)p.Value).FirstOrDefault();

    /// <summary>Refuses losses and weights for outputs that there are not, or of an objective that takes none.</summary>
    /// <param name="outputs">The outputs that may have some.</param>
    /// <param name="objective">The objective's name.</param>
    internal void RequireOutputs(IReadOnlyList<string> outputs, string objective)
    {
        foreach (string name in Losses.Keys.Concat(LossWeights.Keys))
            if (!outputs.Contains(name, StringComparer.OrdinalIgnoreCase))
                throw new ExperimentException("UnknownOutput", ErrorKind.NotFound, outputs.Count == 0
                    ? $"The objective {objective} takes no loss or weight for an output, but one is given for '{name}'."
                    : $"The objective {objective} trains no output '{name}'. {NearNames.Suggest(name, outputs)}", name);
        foreach ((string name, double weight) in LossWeights)
            if (!(weight >= 0) || !double.IsFinite(weight))
                throw new ExperimentException("InvalidLossWeight", ErrorKind.InvalidArgument, FormattableString.Invariant($"The weight of the loss '{name}' is {weight}; give a number of 0 or more."), name);
    }

    /// <summary>The loss that fits an output and its target.</summary>
    /// <param name="output">The output's shape.</param>
    /// <param name="target">The target's column, if it has one alone.</param>
    internal static Loss Choose(Shape output, DataColumn? target) => Catalogue<Loss>.Default.Create(
        target is not ClassColumn classes ? "MSE"
        : classes.ClassNames.Count == 2 && output.ElementCount == 1 ? "BCEWithLogits"
        : "CrossEntropy");
}
