using DLExperiments.Data;
using DLExperiments.Models;
using DLExperiments.Networks;

namespace DLExperiments.Training;

/// <summary>What to train, and on what.</summary>
public sealed record TrainingRequest
{
    private TrainingRequest(NetworkDefinition network, Model? start)
    {
        Network = network;
        Start = start;
    }

    /// <summary>The network.</summary>
    public NetworkDefinition Network { get; }

    /// <summary>The model to go on from, or null for new weights.</summary>
    public Model? Start { get; }

    /// <summary>The training data. A data set with pieces gives its Train piece here and its Validation piece to <see cref="Validation"/>.</summary>
    public required Dataset Data { get; init; }

    /// <summary>Validation data in place of the data set's own piece; null for that piece, if there is one.</summary>
    public Dataset? ValidationData { get; init; }

    /// <summary>The rows to train on.</summary>
    public Dataset Train => Data.Train ?? Data;

    /// <summary>The rows to validate on after every epoch, or null.</summary>
    public Dataset? Validation => ValidationData is null ? Data.Validation : ValidationData.Validation ?? ValidationData;

    /// <summary>Trains a network from new weights.</summary>
    /// <param name="network">The network.</param>
    /// <param name="data">The data.</param>
    /// <param name="validation">Validation data in place of the data set's own piece.</param>
    public static TrainingRequest New(NetworkDefinition network, Dataset data, Dataset? validation = null) =>
        new(network, null) { Data = data, ValidationData = validation };

    /// <summary>Goes on from a model's weights and keeps its preprocessing.</summary>
    /// <param name="model">The model; it is left as it is.</param>
    /// <param name="data">The data.</param>
    /// <param name="validation">Validation data in place of the data set's own piece.</param>
    public static TrainingRequest Continue(Model model, Dataset data, Dataset? validation = null) =>
        new(model.Network, model) { Data = data, ValidationData = validation };
}
