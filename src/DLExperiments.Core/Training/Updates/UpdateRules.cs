using DLExperiments.Errors;
using DLExperiments.Networks;
using DLExperiments.Training.Objectives;
using DLExperiments.Training.Regularisers;

namespace DLExperiments.Training.Updates;

/// <summary>What happens to gradients and weights beside the optimizer's own step; an immutable value.</summary>
public sealed record UpdateRules
{
    /// <summary>Nothing beside the optimizer.</summary>
    public static UpdateRules None { get; } = new();

    /// <summary>Penalties that are minimised together with the loss.</summary>
    public IReadOnlyList<Regulariser> Regularisers { get; init; } = [];

    /// <summary>The greatest 2-norm of all gradients together, greater than 0; they are scaled down to it. Null for no limit.</summary>
    public double? ClipNorm { get; init; }

    /// <summary>The greatest absolute value of a gradient, greater than 0; before <see cref="ClipNorm"/>. Null for no limit.</summary>
    public double? ClipValue { get; init; }

    /// <summary>In how many parts a batch goes through the network, at least 1: their gradients are added up, and memory holds one part at a time.</summary>
    public int BatchParts { get; init; } = 1;

    /// <summary>
    /// Factors of the learning rate by parameter name, with wildcards (<c>linear_1</c>, <c>conv*</c>, <c>*.bias</c>); where several fit, they are multiplied; 0 keeps a parameter.
    /// </summary>
    public IReadOnlyDictionary<string, double> LearningRateFactors { get; init; } = new Dictionary<string, double>();

    /// <summary>Parameters with optimizer settings of their own; each parameter is in one group at most.</summary>
    public IReadOnlyList<ParameterGroup> ParameterGroups { get; init; } = [];

    /// <summary>
    /// The decay d, 0 to below 1, of an exponential moving average of the weights, a ← da + (1−d)w after every step. Validation is measured with the
    /// average, and the result has it. Null for none.
    /// </summary>
    public double? WeightAverage { get; init; }

    /// <summary>Whether each epoch reports the norms of gradients and weights.</summary>
    public bool ReportNorms { get; init; }

    /// <summary>Whether each epoch reports the norms of the gradients and weights of every layer.</summary>
    public bool ReportLayers { get; init; }

    /// <summary>Whether each epoch reports the share of ReLU units that never fire.</summary>
    public bool ReportDeadUnits { get; init; }

    /// <summary>Whether there is nothing beside the optimizer, so that nothing has to be done for it.</summary>
    public bool IsPlain => Regularisers.Count == 0 && ClipNorm is null && ClipValue is null && BatchParts == 1
        && LearningRateFactors.Count == 0 && WeightAverage is null && !ReportNorms && !ReportLayers && !ReportDeadUnits && ParameterGroups.Count == 0;

    /// <summary>The first rule that changes gradients or steps to something that no loss has, by the name of its option; null when there is none.</summary>
    internal string? ChangesSteps => ClipNorm is not null ? nameof(ClipNorm) : ClipValue is not null ? nameof(ClipValue)
        : LearningRateFactors.Count > 0 ? "LearningRateFactor" : ParameterGroups.Count > 0 ? "ParameterGroup"
        : Regularisers.Any(r => r is L1Regulariser { Proximal: true } or ElasticNetRegulariser { Proximal: true }) ? "Proximal" : null;

    /// <summary>The measures of a training with these rules: those of its objective, then <c>Penalty</c> and <c>GradientNorm</c> where there are such.</summary>
    /// <param name="objective">The objective.</param>
    internal IReadOnlyList<string> MeasuresWith(Objective objective) =>
        [.. objective.Measures, .. Regularisers.Count > 0 ? ["Penalty"] : Array.Empty<string>(), .. ReportNorms ? ["GradientNorm"] : Array.Empty<string>()];

    /// <summary>Checks the rules against the network that they are for.</summary>
    /// <param name="network">The network.</param>
    /// <exception cref="ExperimentException">InvalidClipping, InvalidBatchParts, InvalidLearningRateFactor, InvalidWeightAverage, UnknownWeight, NoDeadUnits, AmbiguousGroup, InvalidLearningRate, or a regulariser's.</exception>
    public void Validate(NetworkDefinition network)
    {
        if (ClipNorm is { } norm && !(norm > 0))
            throw Error("InvalidClipping", FormattableString.Invariant($"ClipNorm is {norm}; give a number greater than 0."), norm);
        if (ClipValue is { } value && !(value > 0))
            throw Error("InvalidClipping", FormattableString.Invariant($"ClipValue is {value}; give a number greater than 0."), value);
        if (BatchParts < 1)
            throw Error("InvalidBatchParts", $"BatchParts is {BatchParts}; give 1 or more.", BatchParts);
        if (WeightAverage is { } decay && !(decay >= 0 && decay < 1))
            throw Error("InvalidWeightAverage", FormattableString.Invariant($"WeightAverage is {decay}; give a decay from 0 to below 1, such as 0.999."), decay);
        foreach ((string name, double factor) in LearningRateFactors)
            if (!double.IsFinite(factor) || factor < 0)
                throw Error("InvalidLearningRateFactor", FormattableString.Invariant($"The learning rate factor of '{name}' is {factor}; give a number of 0 or more."), name);
        ParameterPattern.RequireParameters(LearningRateFactors.Keys, network);
        if (ReportDeadUnits && !DeadUnitMeter.Layers(network).Any())
            throw Error("NoDeadUnits", "ReportDeadUnit looks at ReLU layers, but the network has none.", network.Name);
        ParameterPattern.RequireParameters(ParameterGroups.Select(g => g.Parameters), network);
        foreach (ParameterGroup group in ParameterGroups)
        {
            group.Optimizer.Validate();
            if (group.Optimizer.Reevaluates)
                throw Error("InvalidOptimizer", $"{group.Optimizer.Type} needs all parameters to itself, so it cannot be that of the group '{group.Parameters}'.", group.Parameters);
            if (group.LearningRate is { } rate && !(rate >= 0 && double.IsFinite(rate)))
                throw Error("InvalidLearningRate", FormattableString.Invariant($"The learning rate of the parameters '{group.Parameters}' is {rate}; give a number of 0 or more."), group.Parameters);
        }
        ParameterPattern.RequireDistinct([.. ParameterGroups.Select(g => g.Parameters)], network);
        foreach (Regulariser regulariser in Regularisers) regulariser.Validate(network);
    }

    /// <summary>The rules that are set, for a cell of a table; <c>none</c> when nothing is.</summary>
    public override string ToString()
    {
        string[] set =
        [
            .. Regularisers.Select(r => r.Type),
            .. LearningRateFactors.Select(f => FormattableString.Invariant($"rate of {f.Key} x {f.Value}")),
            .. ParameterGroups.Select(g => $"group {g.Parameters}"),
            .. new[] { Say("clip norm", ClipNorm), Say("clip value", ClipValue), Say("average", WeightAverage), Say("parts", BatchParts == 1 ? null : BatchParts) }.OfType<string>(),
            .. ReportNorms ? new[] { "norms" } : [],
            .. ReportLayers ? new[] { "layers" } : [],
            .. ReportDeadUnits ? new[] { "dead units" } : [],
        ];
        return set.Length == 0 ? "none" : string.Join(", ", set);

        static string? Say(string what, double? value) => value is { } number ? FormattableString.Invariant($"{what} {number}") : null;
    }

    private static ExperimentException Error(string id, string message, object? target) => new(id, ErrorKind.InvalidArgument, message, target);
}
