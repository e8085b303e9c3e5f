namespace DLExperiments.Training.Optimizers;

/// <summary>The loss whose gradient an optimizer is given, and a way to compute both at other parameters within the same step.</summary>
/// <param name="Loss">The loss at the parameters as they are, penalties included.</param>
/// <param name="Again">Computes the loss at the parameters as they are by then, and leaves its gradient in the gradient tensor.</param>
public sealed record LossEvaluation(double Loss, Func<double> Again);
