using DLExperiments.Networks.Torch;
using TorchSharp;

namespace DLExperiments.Training.Regularisers;

/// <summary>a‖w‖₁ + b‖w‖₂² over some of the parameters, with gradient a·sign(w) + 2bw (0 at 0 for the first part).</summary>
internal sealed class NormTerm : PenaltyTerm
{
    private readonly double a, b;
    private readonly bool proximal;
    private readonly torch.Tensor mask;

    internal NormTerm(TorchNetwork network, WeightPenalty penalty)
    {
        (a, b, proximal) = penalty.Norms!.Value;
        mask = torch.zeros_like(network.FlatParameters).DetachFromDisposeScope();
        foreach (ParameterSlice slice in network.ParameterSlices.Where(penalty.Concerns))
        {
            using torch.Tensor part = mask.narrow(0, slice.Offset, slice.Length);
            part.fill_(1);
        }
    }

    internal override double Add(torch.Tensor w, torch.Tensor g)
    {
        using var scope = torch.NewDisposeScope();
        torch.Tensor chosen = w * mask;
        double penalty = 0;
        if (a > 0)
        {
            penalty += a * chosen.abs().sum().item<float>();
            if (!proximal) g.add_(chosen.sign(), a);
        }
        if (b > 0)
        {
            penalty += b * chosen.dot(w).item<float>();
            g.add_(chosen, 2 * b);
        }
        return penalty;
    }

    internal override void AfterStep(torch.Tensor w, double learningRate, torch.Tensor? factors)
    {
        if (!proximal) return;
        using var scope = torch.NewDisposeScope();
        torch.Tensor threshold = mask * (learningRate * a);
        if (factors is not null) threshold = threshold * factors;
        w.copy_(w.sign() * (w.abs() - threshold).clamp_min(0));
    }

    public override void Dispose() => mask.Dispose();
}
