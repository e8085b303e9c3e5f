using System.ComponentModel.DataAnnotations;
using DLExperiments.Catalogues;
using DLExperiments.Networks.Architectures.Blocks;
using DLExperiments.Networks.Layers;

namespace DLExperiments.Networks.Architectures.Classic;

/// <summary>
/// LeNet-5 (LeCun, Bottou, Bengio, Haffner 1998) in today's form: two convolutions with mean pooling and three dense layers, tanh between. The
/// paper's digits are 28×28 in a frame of 32×32, which is the padding of the first layer here.
/// </summary>
[CatalogueEntry("LeNet5", "LeNet")]
public sealed class LeNet5 : Classifier
{
    /// <summary>Sets the default of 10 classes.</summary>
    public LeNet5()
        : base(10)
    {
    }

    /// <summary>Zeros around the image: 2 for 28×28, 0 for 32×32.</summary>
    [Range(0, int.MaxValue)]
    public int Padding { get; init; } = 2;

    /// <summary>The activation between the layers.</summary>
    public ActivationLayer Activation { get; init; } = new TanhLayer();

    /// <inheritdoc/>
    public override Shape DefaultInputShape => new(1, 28, 28);

    /// <inheritdoc/>
    protected override LayerChain Compose(LayerChain chain) => chain
        .Conv("conv1", 6, 5, padding: Padding).Then(Activation, "act1").AvgPool("pool1", 2, 2)
        .Conv("conv2", 16, 5).Then(Activation, "act2").AvgPool("pool2", 2, 2)
        .Flatten().Linear("fc1", 120).Then(Activation, "act3").Linear("fc2", 84).Then(Activation, "act4").Linear("fc3", Classes);
}
