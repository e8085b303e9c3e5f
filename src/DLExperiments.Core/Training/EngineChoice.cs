namespace DLExperiments.Training;

/// <summary>Which step engine computes a training.</summary>
public enum EngineChoice
{
    /// <summary>Fused where it takes the training, else Torch.</summary>
    Auto,

    /// <summary>libtorch, which takes every network.</summary>
    Torch,

    /// <summary>Own vector code for chains of dense layers; an error for others.</summary>
    Fused,
}
