using DLExperiments.Networks.Torch;
using DLExperiments.Training.Optimizers;
using DLExperiments.Training.Regularisers;
using TorchSharp;

namespace DLExperiments.Training.Updates;

/// <summary>Update rules at work on one network: from the gradients of the loss to the new weights.</summary>
internal sealed class UpdateRunner : IDisposable
{
    /// <summary>The name of the average among what the optimizer remembers.</summary>
    internal const string AverageName = "WeightAverage";

    private readonly UpdateRules rules;
    private readonly TorchNetwork network;
    private readonly OptimizerState state;
    private readonly PenaltyTerm[] terms;
    private readonly torch.Tensor? factors;

    internal UpdateRunner(UpdateRules rules, TorchNetwork network, OptimizerState state)
    {
        this.rules = rules;
        this.network = network;
        this.state = state;
        terms = [.. rules.Regularisers.OfType<WeightPenalty>().Select(r => r.Start(network))];
        factors = rules.LearningRateFactors.Count == 0 ? null : Factors();
        // The average lies with what the optimizer remembers, so it goes into checkpoints with that.
        if (rules.WeightAverage is not null) state.Get(AverageName).copy_(network.FlatParameters);
    }

    /// <summary>The penalties on weights at the last update.</summary>
    internal double Penalty { get; private set; }

    /// <summary>The 2-norm of all gradients at the last update, penalties included, before clipping; only when it is reported or clipped.</summary>
    internal double GradientNorm { get; private set; }

    /// <summary>Makes the update with the gradients that the network has.</summary>
    internal void Update(Optimizer optimizer, double learningRate)
    {
        torch.Tensor w = network.FlatParameters, g = network.FlatGradients;
        Penalty = 0;
        foreach (PenaltyTerm term in terms) Penalty += term.Add(w, g);
        Clip(g);
        if (factors is null)
        {
            Step(optimizer, w, g, learningRate);
        }
        else
        {
            // Every optimizer's step is proportional to its learning rate, so a factor of the rate is a factor of the step.
            using torch.Tensor before = w.clone();
            Step(optimizer, w, g, learningRate);
            using torch.Tensor after = torch.lerp(before, w, factors);
            w.copy_(after);
        }
        if (rules.WeightAverage is { } decay) state.Get(AverageName).mul_(decay).add_(w, 1 - decay);
    }

    /// <summary>Puts the average in the place of the weights, or takes it out again: each call exchanges the two.</summary>
    internal void ExchangeAverage()
    {
        if (rules.WeightAverage is null) return;
        torch.Tensor average = state.Get(AverageName);
        using torch.Tensor kept = average.clone();
        average.copy_(network.FlatParameters);
        network.FlatParameters.copy_(kept);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (PenaltyTerm term in terms) term.Dispose();
        factors?.Dispose();
    }

    private void Step(Optimizer optimizer, torch.Tensor w, torch.Tensor g, double learningRate)
    {
        optimizer.Step(state, w, g, learningRate);
        foreach (PenaltyTerm term in terms) term.AfterStep(w, learningRate);
    }

    private void Clip(torch.Tensor g)
    {
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
