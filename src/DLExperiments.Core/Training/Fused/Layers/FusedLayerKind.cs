using System.Numerics;
using DLExperiments.Networks;
using DLExperiments.Training.Fused.Lanes;

namespace DLExperiments.Training.Fused.Layers;

/// <summary>A kind of layer that the fused engine knows, registered for the class of its definition.</summary>
internal abstract class FusedLayerKind
{
    /// <summary>The class of the definition.</summary>
    internal abstract Type Definition { get; }

    /// <summary>Why a layer of the class cannot be taken, as a clause; null when it can.</summary>
    /// <param name="node">The layer.</param>
    internal virtual string? Refuse(LayerNode node) => null;

    /// <summary>Makes the layer.</summary>
    /// <param name="site">Where it stands.</param>
    internal abstract FusedLayer<TVec, T> Make<TVec, T>(FusedSite<TVec, T> site)
        where TVec : struct, ILanes<TVec, T>
        where T : unmanaged, IFloatingPointIeee754<T>;

    /// <summary>Refuses all but flat rows.</summary>
    protected static string? RefuseUnlessFlat(LayerNode node) =>
        node.InputShapes[0].Count == 1 ? null : $"its input {node.InputShapes[0]} is not one flat row";
}
