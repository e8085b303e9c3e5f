using TorchSharp;

namespace DLExperiments.Training.Regularisers;

/// <summary>A weight penalty at work on one network. The gradient is known in closed form, so autograd has no part in it.</summary>
internal abstract class PenaltyTerm : IDisposable
{
    /// <summary>Adds the penalty's gradient to that of the loss.</summary>
    /// <param name="w">All trained parameters, flat.</param>
    /// <param name="g">Their gradients; changed in place.</param>
    /// <returns>The penalty.</returns>
    internal abstract double Add(torch.Tensor w, torch.Tensor g);

    /// <summary>Does after the step what a gradient cannot.</summary>
    /// <param name="w">All trained parameters, flat; changed in place.</param>
    /// <param name="learningRate">The learning rate of the step.</param>
    /// <param name="factors">What the rate is multiplied by for each parameter; null for 1.</param>
    internal virtual void AfterStep(torch.Tensor w, double learningRate, torch.Tensor? factors)
    {
    }

    /// <inheritdoc/>
    public abstract void Dispose();
}
