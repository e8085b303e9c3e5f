using DLExperiments.Catalogues;
using DLExperiments.Networks;
using DLExperiments.Training.Updates;
using TorchSharp;

namespace DLExperiments.Training.Regularisers;

/// <summary>λ times the mean over the batch of Σ|a| or Σa² over what layers put out: few or small activations.</summary>
[CatalogueEntry("Activation", "ActivityRegularizer")]
public sealed class ActivationRegulariser : Regulariser
{
    /// <summary>The layers whose outputs are penalised, with wildcards; null for all activation functions but that of the output.</summary>
    public string[]? Layer { get; init; }

    /// <summary>Whether outputs are squared instead of taken absolutely.</summary>
    public bool Squared { get; init; }

    /// <inheritdoc/>
    public override void Validate(NetworkDefinition network)
    {
        ParameterPattern.RequireLayers(Layer ?? [], network);
        if (Layers(network).Count == 0) throw Invalid("the network has no activation function between its layers; name the layers (Layer).");
    }

    /// <summary>The names of the layers that it watches.</summary>
    internal IReadOnlyList<string> Layers(NetworkDefinition network) => [.. network.Layers
        .Where(l => Layer is null ? l.Layer is ActivationLayer && !network.Outputs.Contains(l.Name) : Layer.Any(p => ParameterPattern.IsMatch(p, l.Name)))
        .Select(l => l.Name)];

    /// <summary>The penalty of one layer's outputs, recorded by autograd.</summary>
    internal torch.Tensor Penalty(torch.Tensor activations) =>
        (Squared ? activations.square() : activations.abs()).sum() * (Lambda / activations.shape[0]);
}
