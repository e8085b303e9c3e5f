using DLExperiments.Catalogues;
using DLExperiments.Networks;
using TorchSharp;

namespace DLExperiments.Training.Stacking.Layers;

/// <summary>
/// A kind of layer as a stack of K networks computes it. Samples of one dimension are [K,B,features]; those of more have the networks' channels side by side,
/// [B,K·C,...], so that convolutions of K groups and all that looks at channels one by one need to know nothing of the stack.
/// </summary>
/// <param name="definition">The class of the layer's definition.</param>
internal abstract class StackedLayerKind(Type definition)
{
    // A layer without parameters has nothing to look up.
    private static readonly Dictionary<string, torch.Tensor> Nothing = [];

    /// <summary>The class of the layer's definition.</summary>
    internal Type Definition { get; } = definition;

    /// <summary>Why a layer cannot be computed in a stack, as a clause; null when it can.</summary>
    internal virtual string? Refuse(LayerNode node) => null;

    /// <summary>What of the layer's settings has to be the same in all networks.</summary>
    internal virtual string Key(LayerNode node) => Catalogue<Layer>.Default.ToJson(node.Layer).ToJsonString();

    /// <summary>Computes the layer of all networks.</summary>
    /// <param name="context">The layer's settings and parameters.</param>
    /// <param name="input">The batches, as the class says.</param>
    internal abstract torch.Tensor Forward(StackedContext context, torch.Tensor input);

    /// <summary>Lets the layer itself compute, on samples side by side.</summary>
    private protected static torch.Tensor Compute(StackedContext context, torch.Tensor input, IReadOnlyDictionary<string, torch.Tensor>? parameters = null) =>
        context.Node.Layer.Forward(new LayerContext(context.Node.Name, context.Place, parameters ?? Nothing) { IsTraining = context.IsTraining }, [input]);

    /// <summary>[B,K·n,...] of all networks side by side as [K,B,n·...].</summary>
    private protected static torch.Tensor Apart(torch.Tensor input, int models) => input.reshape(input.shape[0], models, -1).transpose(0, 1);

    /// <summary>[K,B,n] as [B,K·n].</summary>
    private protected static torch.Tensor SideBySide(torch.Tensor input) => input.transpose(0, 1).reshape(input.shape[1], -1);
}
