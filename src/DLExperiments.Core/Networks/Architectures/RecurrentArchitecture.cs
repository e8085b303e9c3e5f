using System.ComponentModel.DataAnnotations;
using DLExperiments.Networks.Layers;

namespace DLExperiments.Networks.Architectures;

/// <summary>What networks around a recurrent layer share.</summary>
public abstract class RecurrentArchitecture : Architecture
{
    /// <summary>The kind of recurrent layer.</summary>
    public RecurrentCell Cell { get; init; }

    /// <summary>How many recurrent layers lie on top of each other.</summary>
    [Range(1, int.MaxValue)]
    public int Depth { get; init; } = 1;

    /// <summary>Whether the sequence is also read backwards.</summary>
    public bool Bidirectional { get; init; }

    /// <summary>The probability of dropout between the recurrent layers, and where the architecture says so.</summary>
    [Range(0.0, 1.0)]
    public double Dropout { get; init; }

    /// <summary>The recurrent layer; what comes out is the state after the last step.</summary>
    /// <param name="hidden">How many units the state has.</param>
    protected RecurrentLayer MakeCell(int hidden)
    {
        // Between layers there is nothing to drop when there is one.
        double between = Depth > 1 ? Dropout : 0;
        return Cell switch
        {
            RecurrentCell.GRU => new GRULayer { HiddenSize = hidden, NumLayers = Depth, Bidirectional = Bidirectional, Dropout = between },
            RecurrentCell.RNN => new RNNLayer { HiddenSize = hidden, NumLayers = Depth, Bidirectional = Bidirectional, Dropout = between },
            _ => new LSTMLayer { HiddenSize = hidden, NumLayers = Depth, Bidirectional = Bidirectional, Dropout = between },
        };
    }
}
