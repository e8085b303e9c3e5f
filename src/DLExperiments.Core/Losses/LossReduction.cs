namespace DLExperiments.Losses;

/// <summary>How the losses of all outputs of a batch become one number.</summary>
public enum LossReduction
{
    /// <summary>The mean over all outputs of all rows (PyTorch's mean).</summary>
    Mean,

    /// <summary>The sum over the outputs of a row, and the mean of that over the rows (PyTorch's sum divided by the batch): a step does not depend on the batch's size.</summary>
    BatchMean,
}
