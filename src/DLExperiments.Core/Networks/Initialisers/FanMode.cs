namespace DLExperiments.Networks.Initialisers;

/// <summary>What the spread of first weights is fitted to.</summary>
public enum FanMode
{
    /// <summary>The inputs of a unit: keeps the size of signals on the way forward.</summary>
    FanIn,

    /// <summary>The outputs a unit feeds: keeps the size of gradients on the way back.</summary>
    FanOut,
}
