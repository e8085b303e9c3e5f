namespace DLExperiments.Networks;

/// <summary>Which states of a recurrent layer come out.</summary>
public enum RecurrentSteps
{
    /// <summary>The state after the last step (backwards: after the first).</summary>
    Last,

    /// <summary>The state after every step.</summary>
    All,
}
