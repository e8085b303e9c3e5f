namespace DLExperiments.Evaluation;

/// <summary>What was measured of a regressor; over all outputs when there are several.</summary>
public sealed class RegressionMeasure : ModelMeasure
{
    /// <summary>Mean squared error.</summary>
    public required double MSE { get; init; }

    /// <summary>Root of the mean squared error, in the target's unit.</summary>
    public double RMSE => Math.Sqrt(MSE);

    /// <summary>Mean absolute error, in the target's unit.</summary>
    public required double MAE { get; init; }

    /// <summary>Mean absolute percentage error, 100/n Σ|ŷ-y|/|y|, in per cent, over the targets that are not 0; NaN when all are 0.</summary>
    public required double MAPE { get; init; }

    /// <summary>Coefficient of determination, 1 - Σ(y-ŷ)²/Σ(y-ȳ)²; 1 is perfect, 0 no better than the mean; NaN when all targets are the same.</summary>
    public required double R2 { get; init; }
}
