using DLExperiments.Networks.Torch;
using DLExperiments.Training.Optimizers;
using DLExperiments.Training.Regularisers;
using TorchSharp;

namespace DLExperiments.Training.Updates;

/// <summary>Update rules at work on one network: from the gradients of the loss to the new weights.</summary>
internal sealed class UpdateRunner : IDisposable
{
    /// <summary>How the names of the measures of layers begin.</summary>
    internal const string LayerMeasure = "GradientNorm of ";

    /// <summary>The name of the average among what the optimizer remembers.</summary>
    internal const string AverageName = "WeightAverage";

    private readonly UpdateRules rules;
    private readonly TorchNetwork network;
    private readonly OptimizerState state;
    private readonly PenaltyTerm[] terms;
    private readonly GroupUpdate[] groups;
    private readonly torch.Tensor? factors, mask;
    private readonly (long First, long Length)[] layerRanges = [];

    /// <param name="rules">The rules.</param>
    /// <param name="network">The network.</param>
    /// <param name="state">Where the average of the weights is remembered; as many numbers as the network has.</param>
    /// <param name="groups">The optimizers, each with its parameters; disposed with this.</param>
    /// <param name="hasAll">Whether the groups have all parameters of the network; if not, the others stay as they are.</param>
    internal UpdateRunner(UpdateRules rules, TorchNetwork network, OptimizerState state, GroupUpdate[] groups, bool hasAll)
    {
        this.rules = rules;
        this.network = network;
        this.state = state;
        this.groups = groups;
        if (!hasAll)
        {
            mask = torch.zeros_like(network.FlatParameters).DetachFromDisposeScope();
            foreach (GroupUpdate group in groups) group.Mark(mask);
        }
        terms = [.. rules.Regularisers.OfType<WeightPenalty>().Select(r => r.Start(network))];
        factors = rules.LearningRateFactors.Count == 0 ? null : Factors();
        if (rules.ReportLayers)
        {
            // The parameters of a layer lie side by side.
            var layers = network.ParameterSlices.GroupBy(s => s.Name[..s.Name.LastIndexOf('.')]).ToList();
            LayerNames = [.. layers.Select(l => l.Key)];
            layerRanges = [.. layers.Select(l => (l.Min(s => s.Offset), l.Sum(s => (long)s.Length)))];
            LayerNorms = new double[layers.Count];
        }
        // The average lies with what the optimizer remembers, so it goes into checkpoints with that.
        if (rules.WeightAverage is not null) state.Get(AverageName).copy_(network.FlatParameters);
    }

    /// <summary>The penalties on weights at the last update.</summary>
    internal double Penalty { get; private set; }

    /// <summary>The 2-norm of all gradients at the last update, penalties included, before clipping; only when it is reported or clipped.</summary>
    internal double GradientNorm { get; private set; }

    /// <summary>The name of the measure of a layer's gradient norm.</summary>
    internal static string MeasureOf(string layer) => LayerMeasure + layer;

    /// <summary>The layers with trained parameters, when their norms are reported.</summary>
    internal IReadOnlyList<string> LayerNames { get; } = [];

    /// <summary>The 2-norms of their gradients at the last update, as <see cref="GradientNorm"/>.</summary>
    internal double[] LayerNorms { get; } = [];

    /// <summary>Makes the update with the gradients that the network has.</summary>
    /// <param name="learningRate">The learning rate.</param>
    /// <param name="evaluation">The loss without these penalties, and how to compute it again, for an optimizer that does that.</param>
    internal void Update(double learningRate, LossEvaluation? evaluation = null)
    {
        torch.Tensor w = network.FlatParameters, g = network.FlatGradients;
        Penalty = AddPenalties(w, g);
        if (mask is not null) g.mul_(mask);
        Clip(g);
        if (evaluation is not null)
        {
            groups[0].Step(w, g, learningRate, new LossEvaluation(evaluation.Loss + Penalty, () => evaluation.Again() + AddPenalties(w, g)));
        }
        else
        {
            Step(w, g, learningRate);
            AfterStep(w, learningRate);
        }
        if (rules.WeightAverage is { } decay) state.Get(AverageName).mul_(decay).add_(w, 1 - decay);
    }

    /// <summary>Sets the momentum of the steps that follow, for the optimizers that have one.</summary>
    internal void SetMomentum(double momentum)
    {
        foreach (GroupUpdate group in groups)
            if (group.Optimizer.HasMomentum) group.State.Momentum = momentum;
    }

    /// <summary>Puts the average in the place of the weights, or takes it out again: each call exchanges the two.</summary>
    internal void ExchangeAverage()
    {
        if (rules.WeightAverage is null) return;
        torch.Tensor average = state.Get(AverageName);
        using torch.Tensor kept = average.clone();
        average.copy_(network.FlatParameters);
        if (mask is null)
        {
            network.FlatParameters.copy_(kept);
            return;
        }
        foreach (GroupUpdate group in groups) group.Copy(network.FlatParameters, kept);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (PenaltyTerm term in terms) term.Dispose();
        foreach (GroupUpdate group in groups) group.Dispose();
        factors?.Dispose();
        mask?.Dispose();
    }

    private void Step(torch.Tensor w, torch.Tensor g, double learningRate)
    {
        using torch.Tensor? before = factors is null ? null : w.clone();
        foreach (GroupUpdate group in groups) group.Step(w, g, learningRate);
        if (before is null) return;
        // Every optimizer's step is proportional to its learning rate, so a factor of the rate is a factor of the step.
        using torch.Tensor after = torch.lerp(before, w, factors!);
        w.copy_(after);
    }

    private void AfterStep(torch.Tensor w, double learningRate)
    {
        if (terms.Length == 0) return;
        foreach (GroupUpdate group in groups)
        {
            if (groups.Length == 1 && mask is null)
            {
                foreach (PenaltyTerm term in terms) term.AfterStep(w, group.Rate(learningRate), factors);
                continue;
            }
            // What a penalty does after the step depends on the rate, and each group has its own.
            using torch.Tensor all = w.clone();
            foreach (PenaltyTerm term in terms) term.AfterStep(all, group.Rate(learningRate), factors);
            group.Copy(w, all);
        }
    }

    private double AddPenalties(torch.Tensor w, torch.Tensor g)
    {
        double penalty = 0;
        foreach (PenaltyTerm term in terms) penalty += term.Add(w, g);
        return penalty;
    }

    private void Clip(torch.Tensor g)
    {
        for (int i = 0; i < layerRanges.Length; i++)
        {
            using torch.Tensor part = g.narrow(0, layerRanges[i].First, layerRanges[i].Length);
            LayerNorms[i] = Norm(part);
        }
        if (rules.ClipNorm is null && rules.ClipValue is null && !rules.ReportNorms) return;
        GradientNorm = Norm(g);
        if (rules.ClipValue is { } most) g.clamp_(-most, most);
        if (rules.ClipNorm is not { } limit) return;
        double norm = rules.ClipValue is null ? GradientNorm : Norm(g);
        if (norm > limit) g.mul_(limit / (norm + 1e-6));
    }

    private static double Norm(torch.Tensor g)
    {
        using torch.Tensor norm = g.norm();
        return norm.item<float>();
    }

    private torch.Tensor Factors()
    {
        torch.Tensor all = torch.ones_like(network.FlatParameters).DetachFromDisposeScope();
        foreach (ParameterSlice slice in network.ParameterSlices)
            foreach ((string pattern, double factor) in rules.LearningRateFactors)
            {
                if (!ParameterPattern.IsMatch(pattern, slice.Name)) continue;
                using torch.Tensor part = all.narrow(0, slice.Offset, slice.Length);
                part.mul_(factor);
            }
        return all;
    }
}
