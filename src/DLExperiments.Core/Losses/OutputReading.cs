namespace DLExperiments.Losses;

/// <summary>How a network's raw outputs become predictions.</summary>
public enum OutputReading
{
    /// <summary>The outputs are the predicted numbers.</summary>
    Identity,

    /// <summary>The outputs are logits: softmax over the first dimension gives class probabilities.</summary>
    Softmax,

    /// <summary>The outputs are log-probabilities: exp gives class probabilities.</summary>
    Exponential,

    /// <summary>The outputs are logits of yes/no answers: the logistic function gives the probability of class 1.</summary>
    Sigmoid,

    /// <summary>The outputs are the probabilities of class 1.</summary>
    Probability,

    /// <summary>The outputs are scores: a positive one means class 1, another class 0.</summary>
    Sign,
}
