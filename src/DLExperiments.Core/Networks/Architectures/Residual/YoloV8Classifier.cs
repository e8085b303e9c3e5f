using System.ComponentModel.DataAnnotations;
using DLExperiments.Catalogues;
using DLExperiments.Networks.Architectures.Blocks;

namespace DLExperiments.Networks.Architectures.Residual;

/// <summary>
/// A classifier with the published block structure of YOLOv8-cls in the nano size: convolutions of stride 2 and split blocks (C2f) of which each
/// part's result goes on to the end, SiLU throughout.
/// </summary>
[CatalogueEntry("YOLOv8nCls", "YOLOv8Classifier")]
public sealed class YoloV8Classifier : ImageClassifier
{
    /// <summary>Channels of the first layer; the stages have 2, 4, 8 and 16 times as many.</summary>
    [Range(1, int.MaxValue)]
    public int Width { get; init; } = 16;

    /// <summary>The probability of dropout before the last layer.</summary>
    [Range(0.0, 1.0)]
    public double Dropout { get; init; }

    /// <inheritdoc/>
    protected override LayerChain Compose(LayerChain chain)
    {
        int[] depths = [1, 2, 2, 1];
        chain = chain.SiluBrick("model.0", Width, 3, 2);
        for (int stage = 0; stage < depths.Length; stage++)
        {
            int channels = Width << (stage + 1);
            chain = chain.SiluBrick($"model.{(2 * stage) + 1}", channels, 3, 2).SplitBlock($"model.{(2 * stage) + 2}", channels, depths[stage]);
        }
        return chain.SiluBrick("model.9.conv", 1280, 1).AdaptivePool("model.9.pool", 1).Flatten("model.9.flatten").Dropout("model.9.drop", Dropout)
            .Linear("model.9.linear", Classes);
    }
}
