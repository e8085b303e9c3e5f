using DLExperiments.Networks;
using TorchSharp;

namespace DLExperiments.Training.Stacking.Layers;

/// <summary>What a layer of a stack sees of a step: the settings of that layer in each network, its parameters side by side, and whose turn it is.</summary>
internal sealed class StackedContext
{
    private readonly StackedParameters parameters;
    private readonly IReadOnlyList<StackedRun> runs;

    /// <param name="place">The layer's place in its network.</param>
    /// <param name="runs">The networks; the list changes when one leaves.</param>
    /// <param name="parameters">All parameters of the stack.</param>
    internal StackedContext(int place, IReadOnlyList<StackedRun> runs, StackedParameters parameters) => (Place, this.runs, this.parameters) = (place, runs, parameters);

    /// <summary>The layer's place in its network.</summary>
    internal int Place { get; }

    /// <summary>The networks.</summary>
    internal IReadOnlyList<StackedRun> Runs => runs;

    /// <summary>How many networks there are.</summary>
    internal int Models => runs.Count;

    /// <summary>Whether it is a training step.</summary>
    internal bool IsTraining { get; set; }

    /// <summary>The layer in the first network; in the others it has the same shapes.</summary>
    internal LayerNode Node => NodeOf(0);

    /// <summary>The layer in a network.</summary>
    internal LayerNode NodeOf(int model) => runs[model].Settings.Network.Layers[Place];

    /// <summary>A parameter or buffer of all networks, one behind the other in its first dimension; null when the layer's settings leave it out.</summary>
    /// <param name="name">Its name within the layer.</param>
    internal torch.Tensor? Find(string name) => parameters.Find(Place, name);

    /// <summary>All parameters and buffers of the layer by name.</summary>
    internal IReadOnlyDictionary<string, torch.Tensor> All() => Node.Parameters.ToDictionary(p => p.Name, p => Find(p.Name)!);
}
