namespace DLExperiments.Training.RateSearch;

/// <summary>One step of a search for a learning rate.</summary>
/// <param name="LearningRate">The learning rate of the step.</param>
/// <param name="Loss">The loss before the step.</param>
/// <param name="SmoothedLoss">The exponentially smoothed loss.</param>
public sealed record RatePoint(double LearningRate, double Loss, double SmoothedLoss);
