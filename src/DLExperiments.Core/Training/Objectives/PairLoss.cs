namespace DLExperiments.Training.Objectives;

/// <summary>What a siamese training compares.</summary>
public enum PairLoss
{
    /// <summary>Pairs of one class are drawn together, pairs of two classes pushed to the margin: ½y·d² + ½(1−y)·max(0, m−d)² (Hadsell, Chopra and LeCun 2006).</summary>
    Contrastive,

    /// <summary>An anchor is nearer to one of its class than to one of another, by the margin: max(0, d(a,p) − d(a,n) + m) (Schroff, Kalenichenko and Philbin 2015).</summary>
    Triplet,

    /// <summary>A score, the logit that two are of one class: binary cross-entropy (Koch and others 2015).</summary>
    Binary,
}
