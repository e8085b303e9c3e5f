using System.ComponentModel.DataAnnotations;
using DLExperiments.Catalogues;
using DLExperiments.Networks.Architectures.Blocks;
using DLExperiments.Networks.Architectures.Classic;

namespace DLExperiments.Networks.Architectures.Composite;

/// <summary>A network for several tasks at once (Caruana 1997): one trunk, and a head of its own for each task. Outputs: <c>task1</c>, <c>task2</c>, ...</summary>
[CatalogueEntry("MultiTask")]
public sealed class MultiTask : Architecture
{
    /// <summary>How many numbers each task's head gives: classes, or 1 for a regression.</summary>
    [Position(0)]
    [MinLength(1)]
    [Range(1, int.MaxValue)]
    public int[] Tasks { get; init; } = [10, 1];

    /// <summary>The network that all tasks share: its scores, after ReLU, are the features. A name or @{ Name = 'CNN'; Classes = 128 }.</summary>
    public Architecture Trunk { get; init; } = new Cnn { Classes = 128 };

    /// <summary>Units of a hidden layer in each head; 0 for none.</summary>
    [Range(0, int.MaxValue)]
    public int Hidden { get; init; }

    /// <inheritdoc/>
    public override Shape DefaultInputShape => Trunk.DefaultInputShape;

    /// <inheritdoc/>
    protected override LayerChain Compose(LayerChain chain)
    {
        LayerChain trunk = chain.Block(Trunk, "trunk").ReLU("features");
        return trunk.Repeat(Tasks.Length, (c, i) => c.From(trunk.At)
            .When(Hidden > 0, h => h.Linear($"{Head(i)}.hidden", Hidden).ReLU($"{Head(i)}.relu")).Linear(Head(i), Tasks[i])).From(Head(0));
    }

    /// <inheritdoc/>
    protected override IEnumerable<string> ExtraOutputs(NetworkDefinition network) => Enumerable.Range(1, Tasks.Length - 1).Select(Head);

    private static string Head(int task) => $"task{task + 1}";
}
