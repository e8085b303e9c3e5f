using DLExperiments.Errors;
using DLExperiments.Networks.Torch;
using DLExperiments.Training.Objectives;
using DLExperiments.Training.Optimizers;
using DLExperiments.Training.Updates;
using TorchSharp;

namespace DLExperiments.Training.Engines;

/// <summary>
/// Parameters of the network that one loss changes, with their optimizers. Supervised training has one player with all parameters; adversarial
/// training has several that take turns.
/// </summary>
public sealed class TorchPlayer : IDisposable
{
    private readonly TorchNetwork network;
    private readonly List<(Optimizer Optimizer, OptimizerState State)> states;
    private readonly OptimizerState? ruleState;

    /// <param name="network">The network, which belongs to the caller.</param>
    /// <param name="plan">Which parameters it has, and by which optimizer.</param>
    /// <param name="settings">The training.</param>
    /// <exception cref="ExperimentException">UnknownWeight: a name fits no parameter; AmbiguousGroup: two groups claim the same.</exception>
    internal TorchPlayer(TorchNetwork network, PlayerPlan plan, EngineSettings settings)
    {
        this.network = network;
        Name = plan.Name;
        UpdateRules rules = settings.Rules;
        if (plan.Parameters is not ["*"]) ParameterPattern.RequireParameters(plan.Parameters, network.Definition);
        ParameterSlice[] own = [.. network.ParameterSlices.Where(s => plan.Parameters.Any(p => ParameterPattern.IsMatch(p, s.Name)))];
        Optimizer optimizer = plan.Optimizer ?? settings.Optimizer;
        Reevaluates = optimizer.Reevaluates;
        if (Reevaluates && settings.Objective.Players.Count > 1)
            throw new ExperimentException("InvalidOptimizer", ErrorKind.InvalidArgument,
                $"{optimizer.Type} computes the loss of one step several times, but {settings.Objective.Type} has {settings.Objective.Players.Count} optimizers that take turns: choose another.", optimizer);
        var groups = rules.ParameterGroups.Select(g => (Group: g, Slices: own.Where(s => ParameterPattern.IsMatch(g.Parameters, s.Name)).ToArray())).ToList();
        ParameterSlice[] rest = [.. own.Except(groups.SelectMany(g => g.Slices))];
        GroupUpdate[] updates =
        [
            // The training's rate is that of its own optimizer; another player's goes in proportion.
            .. rest.Length > 0 || groups.Count == 0 ? [new GroupUpdate(network, rest, optimizer, RateOf(plan.Optimizer?.LearningRate, settings.StartingRate))] : Array.Empty<GroupUpdate>(),
            .. groups.Where(g => g.Slices.Length > 0).Select(g => new GroupUpdate(network, g.Slices, g.Group.Optimizer, RateOf(g.Group.LearningRate, settings.StartingRate))),
        ];
        bool alone = updates.Length == 1 && own.Length == network.ParameterSlices.Count;
        if (!alone && rules.WeightAverage is not null) ruleState = new OptimizerState(network.FlatParameters);
        states = [.. ruleState is null ? [] : new[] { (optimizer, ruleState) }, .. updates.Select(u => (u.Optimizer, u.State))];
        Rules = new UpdateRunner(rules, network, ruleState ?? updates[0].State, updates, own.Length == network.ParameterSlices.Count);
    }

    /// <summary>Its name.</summary>
    public string Name { get; }

    /// <summary>Whether its optimizer computes losses again within a step, which the engine then makes.</summary>
    internal bool Reevaluates { get; }

    /// <summary>What happens beside the optimizers' steps.</summary>
    internal UpdateRunner Rules { get; }

    /// <summary>Adds the gradients of a part of the batch and, after the last part, makes one step; an optimizer that computes losses again makes it when all parts are through.</summary>
    /// <param name="loss">A scalar that depends on the player's parameters.</param>
    /// <param name="learningRate">The learning rate.</param>
    /// <param name="part">Which part of the batch it is.</param>
    internal void Update(torch.Tensor loss, double learningRate, BatchPart part)
    {
        if (part.IsFirst) network.ZeroGradients();
        (part.Share == 1 ? loss : loss * part.Share).backward();
        if (part.IsLast && !Reevaluates) Rules.Update(learningRate);
    }

    /// <summary>What each of its optimizers remembers.</summary>
    internal IEnumerable<OptimizerSnapshot> Export() => states.Select(s => s.State.Export(s.Optimizer));

    /// <summary>Lets each of its optimizers remember what a snapshot holds; takes as many as it has.</summary>
    internal void Import(Queue<OptimizerSnapshot> snapshots)
    {
        foreach ((Optimizer optimizer, OptimizerState state) in states)
        {
            if (!snapshots.TryDequeue(out OptimizerSnapshot? snapshot))
                throw new ExperimentException("OptimizerStateMismatch", ErrorKind.InvalidData, $"There is no state for the optimizer {optimizer.Type} of '{Name}'.", Name);
            state.Import(optimizer, snapshot);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Rules.Dispose();
        ruleState?.Dispose();
    }

    private static Func<double, double> RateOf(double? own, double starting) =>
        own is not { } rate || rate == starting ? learningRate => learningRate
        : starting == 0 ? _ => rate
        : learningRate => learningRate * (rate / starting);
}
