namespace DLExperiments.Networks.Architectures;

/// <summary>The kind of recurrent layer in an architecture.</summary>
public enum RecurrentCell
{
    /// <summary>Long short-term memory.</summary>
    LSTM,

    /// <summary>Gated recurrent unit.</summary>
    GRU,

    /// <summary>Simple recurrent layer.</summary>
    RNN,
}
