using DLExperiments.Commands.Catalogues;
using DLExperiments.Commands.Models;
using DLExperiments.Errors;
using DLExperiments.Models;
using DLExperiments.Networks;

namespace DLExperiments.Commands.Networks;

/// <summary>
/// What cmdlets that change a network work on: a network, or a model (or what carries one), which then keeps the weights of the layers that stay.
/// </summary>
internal sealed class NetworkTarget
{
    private readonly Model? model;

    private NetworkTarget(NetworkDefinition network, Model? model)
    {
        Network = network;
        this.model = model;
    }

    /// <summary>The network.</summary>
    internal NetworkDefinition Network { get; }

    /// <summary>Whether it belongs to a model.</summary>
    internal bool HasWeights => model is not null;

    /// <summary>Takes the network out of what was piped.</summary>
    internal static NetworkTarget From(object? value, string cmdlet) => CatalogueValueAttribute.Unwrap(ModelValueAttribute.Take(value)) switch
    {
        NetworkDefinition network => new(network, null),
        Model model => new(model.Network, model),
        var other => throw new ExperimentException("MissingNetwork", ErrorKind.InvalidArgument,
            $"{cmdlet} takes a network, a model or a training result, not {other?.GetType().Name ?? "nothing"}: pipe one to it, New-Network 4 | {cmdlet} ...", other),
    };

    /// <summary>The changed network, as what it came as.</summary>
    internal object Replace(NetworkDefinition network, long seed = 0) => model is null ? network : model.WithNetwork(network, seed);
}
