using System.ComponentModel.DataAnnotations;
using DLExperiments.Catalogues;
using DLExperiments.Networks.Architectures.Blocks;

namespace DLExperiments.Networks.Architectures.Inception;

/// <summary>
/// GoogLeNet, Inception v1 (Szegedy and others 2014): nine inception modules of four branches. With batch normalisation and a 3×3 kernel in
/// the third branch, as torchvision's weights have it.
/// </summary>
[CatalogueEntry("GoogLeNet", "InceptionV1")]
public sealed class GoogLeNet : ImageClassifier
{
    private static readonly ConvNormAct Brick = new("conv", "bn", "relu", Steps.Rectifier, 0.001, Start.Truncated01);

    /// <summary>Whether two more classifiers hang at the middle modules: outputs of their own, for a loss that reaches the first layers.</summary>
    public bool Auxiliary { get; init; }

    /// <summary>The probability of dropout before the last layer.</summary>
    [Range(0.0, 1.0)]
    public double Dropout { get; init; } = 0.2;

    /// <summary>The probability of dropout in the auxiliary classifiers.</summary>
    [Range(0.0, 1.0)]
    public double AuxiliaryDropout { get; init; } = 0.7;

    /// <inheritdoc/>
    protected override LayerChain Compose(LayerChain chain)
    {
        chain = Brick.Add(chain, "conv1", 64, 7, 2, 3).MaxPool("maxpool1", 3, 2, ceil: true);
        chain = Brick.Add(Brick.Add(chain, "conv2", 64, 1), "conv3", 192, 3, 1, 1).MaxPool("maxpool2", 3, 2, ceil: true);
        chain = Module(chain, "inception3a", 64, 96, 128, 16, 32, 32);
        chain = Module(chain, "inception3b", 128, 128, 192, 32, 96, 64).MaxPool("maxpool3", 3, 2, ceil: true);
        chain = Side(Module(chain, "inception4a", 192, 96, 208, 16, 48, 64), "aux1");
        chain = Module(chain, "inception4b", 160, 112, 224, 24, 64, 64);
        chain = Module(chain, "inception4c", 128, 128, 256, 24, 64, 64);
        chain = Side(Module(chain, "inception4d", 112, 144, 288, 32, 64, 64), "aux2");
        chain = Module(chain, "inception4e", 256, 160, 320, 32, 128, 128).MaxPool("maxpool4", 2, 2, ceil: true);
        chain = Module(chain, "inception5a", 256, 160, 320, 32, 128, 128);
        chain = Module(chain, "inception5b", 384, 192, 384, 48, 128, 128);
        return chain.PooledHead("fc", Classes, Dropout, Start.Truncated01);
    }

    /// <inheritdoc/>
    protected override IEnumerable<string> ExtraOutputs(NetworkDefinition network) => Auxiliary ? ["aux1.fc2", "aux2.fc2"] : [];

    private static LayerChain Module(LayerChain chain, string name, int direct, int reduce3, int wide3, int reduce5, int wide5, int pooled) =>
        chain.Branches(name,
            c => Brick.Add(c, $"{name}.branch1", direct, 1),
            c => Brick.Add(Brick.Add(c, $"{name}.branch2.0", reduce3, 1), $"{name}.branch2.1", wide3, 3, 1, 1),
            c => Brick.Add(Brick.Add(c, $"{name}.branch3.0", reduce5, 1), $"{name}.branch3.1", wide5, 3, 1, 1),
            c => Brick.Add(c.MaxPool($"{name}.branch4.0", 3, 1, 1, ceil: true), $"{name}.branch4.1", pooled, 1));

    private LayerChain Side(LayerChain chain, string name) => !Auxiliary
        ? chain
        : Brick.Add(chain.AdaptivePool($"{name}.pool", 4), $"{name}.conv", 128, 1).Flatten($"{name}.flatten")
            .Linear($"{name}.fc1", 1024, Start.Truncated01).ReLU($"{name}.relu").Dropout($"{name}.dropout", AuxiliaryDropout)
            .Linear($"{name}.fc2", Classes, Start.Truncated01).From(chain.At);
}
