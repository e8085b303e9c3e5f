namespace DLExperiments.Training.Objectives;

/// <summary>How far two embeddings are apart.</summary>
public enum EmbeddingDistance
{
    /// <summary>√(Σ(a−b)² + 1e-12), whose gradient at 0 is 0.</summary>
    Euclidean,

    /// <summary>Σ(a−b)².</summary>
    SquaredEuclidean,

    /// <summary>1 − a·b/(|a||b|), from 0 to 2.</summary>
    Cosine,
}
