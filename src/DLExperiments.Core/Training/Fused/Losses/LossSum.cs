namespace DLExperiments.Training.Fused.Losses;

/// <summary>What a loss found in a batch.</summary>
/// <param name="Sum">The sum of the rows' losses, each times its weight.</param>
/// <param name="Weight">The sum of the weights; the mean loss is their quotient.</param>
/// <param name="Correct">How many decisions were correct.</param>
internal readonly record struct LossSum(double Sum, double Weight, long Correct);
