using System.Globalization;
using TorchSharp;

namespace DLExperiments.Training.Optimizers;

/// <summary>
/// The last steps and what they changed in the gradient, from which LBFGS knows the curvature (Nocedal 1980). They lie in the optimizer's state, in a
/// ring, so they go into checkpoints with it.
/// </summary>
internal sealed class LbfgsMemory(OptimizerState state, int size)
{
    private const string DirectionName = "Direction", GradientName = "PreviousGradient", LengthName = "StepLength";
    private const string StepName = "StepChange", ChangeName = "GradientChange", InverseName = "InverseCurvature", ScaleName = "Scale", CountName = "Remembered";

    // Below, the step has seen no upward curvature, and the estimate would not stay positive definite.
    private const double LeastCurvature = 1e-10;

    /// <summary>Takes down a step that is about to be made.</summary>
    internal void Begin(torch.Tensor direction, torch.Tensor gradient, double length)
    {
        state.Set(DirectionName, direction);
        state.Get(GradientName).copy_(gradient);
        state.Remember(LengthName, length);
    }

    /// <summary>Corrects the length of the step, when a search has found it.</summary>
    internal void SetLength(double length) => state.Remember(LengthName, length);

    /// <summary>Learns from the last step, and gives the direction −Hg with the estimate H of the inverse Hessian.</summary>
    internal torch.Tensor NextDirection(torch.Tensor gradient)
    {
        Learn(gradient);
        long count = (long)state.Recall(CountName, 0);
        int kept = (int)Math.Min(count, size);
        var shares = new double[kept];
        torch.Tensor direction = gradient.neg();
        for (int i = 0; i < kept; i++)
        {
            // From the newest back, and forward again below: the two loops of the recursion.
            long place = count - 1 - i;
            shares[i] = Dot(state.Get(Name(StepName, place)), direction) * state.Recall(Name(InverseName, place), 0);
            direction.add_(state.Get(Name(ChangeName, place)), -shares[i]);
        }
        direction.mul_(state.Recall(ScaleName, 1));
        for (int i = kept - 1; i >= 0; i--)
        {
            long place = count - 1 - i;
            double share = Dot(state.Get(Name(ChangeName, place)), direction) * state.Recall(Name(InverseName, place), 0);
            direction.add_(state.Get(Name(StepName, place)), shares[i] - share);
        }
        return direction;
    }

    internal static double Dot(torch.Tensor a, torch.Tensor b)
    {
        using torch.Tensor product = a.dot(b);
        return product.ToDouble();
    }

    private void Learn(torch.Tensor gradient)
    {
        torch.Tensor change = gradient - state.Get(GradientName), step = state.Get(DirectionName) * state.Recall(LengthName, 0);
        double curvature = Dot(change, step);
        if (curvature <= LeastCurvature) return;
        var count = (long)state.Recall(CountName, 0);
        state.Set(Name(ChangeName, count), change);
        state.Set(Name(StepName, count), step);
        state.Remember(Name(InverseName, count), 1 / curvature);
        state.Remember(ScaleName, curvature / Dot(change, change));
        state.Remember(CountName, count + 1);
    }

    private string Name(string what, long place) => string.Create(CultureInfo.InvariantCulture, $"{what}{place % size}");
}
