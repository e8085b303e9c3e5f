namespace DLExperiments.Losses;

/// <summary>How the losses of all outputs of a batch become one number.</summary>
public enum LossReduction
{
    /// <summary>The mean over all outputs of all rows (PyTorch's mean).</summary>
    Mean,

    /// <summary>The sum over the outputs of a row, and the mean of that over the rows (PyTorch's sum divided by the batch): a step does not depend on the batch's size.</summary>
    BatchMean,

    /// <summary>
    /// The sum over all outputs of all rows (PyTorch's sum): a step is as many times greater than with BatchMean as the batch has rows, or as the rows weigh together. What
    /// is reported of epochs and of measuring is the mean over the rows still, as with BatchMean, so that it does not depend on how rows were batched.
    /// </summary>
    Sum,
}
