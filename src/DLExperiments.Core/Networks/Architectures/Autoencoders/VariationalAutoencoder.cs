using System.ComponentModel.DataAnnotations;
using DLExperiments.Catalogues;
using DLExperiments.Networks.Architectures.Blocks;
using DLExperiments.Networks.Layers;

namespace DLExperiments.Networks.Architectures.Autoencoders;

/// <summary>
/// A variational autoencoder of images (Kingma and Welling 2013): two 5×5 convolutions of stride 2, the mean and log variance of the code, a draw,
/// and the way back. Outputs: the reconstruction (between 0 and 1), <c>z_mu</c> and <c>z_log_var</c>. Height and width must be multiples of 4.
/// </summary>
[CatalogueEntry("VAE", "VariationalAutoencoder")]
public sealed class VariationalAutoencoder : Architecture
{
    /// <summary>How many numbers the code has.</summary>
    [Position(0)]
    [Range(1, int.MaxValue)]
    public int Latent { get; init; } = 2;

    /// <summary>Channels of the first convolution; the second has twice as many.</summary>
    [Range(1, int.MaxValue)]
    public int Width { get; init; } = 64;

    /// <summary>Whether codes are drawn in evaluation too; else the mean is decoded then.</summary>
    public bool SampleInEvaluation { get; init; }

    /// <inheritdoc/>
    public override Shape DefaultInputShape => new(1, 28, 28);

    /// <inheritdoc/>
    protected override LayerChain Compose(LayerChain chain)
    {
        int image = chain.Shape[0];
        chain = chain.Conv("encoder.conv1", Width, 5, 2, 2).Leaky("encoder.act1").Conv("encoder.conv2", 2 * Width, 5, 2, 2).Leaky("encoder.act2");
        Shape maps = chain.Shape;
        return chain.Flatten("encoder.flatten")
            .Parallel(new GaussianSampleLayer { SampleInEvaluation = SampleInEvaluation }, "z", c => c.Linear("z_mu", Latent), c => c.Linear("z_log_var", Latent))
            .Linear("decoder.fc", maps.ElementCount).Leaky("decoder.act0").Then(new UnflattenLayer { Sizes = maps }, "decoder.unflatten")
            .Upsample("decoder.up1").Conv("decoder.conv1", Width, 5, 1, 2).Leaky("decoder.act1")
            .Upsample("decoder.up2").Conv("decoder.conv2", image, 5, 1, 2).Then(new SigmoidLayer(), "reconstruction");
    }

    /// <inheritdoc/>
    protected override IEnumerable<string> ExtraOutputs(NetworkDefinition network) => ["z_mu", "z_log_var"];
}
