using System.ComponentModel.DataAnnotations;
using DLExperiments.Networks;
using TorchSharp;

namespace DLExperiments.Losses;

/// <summary>A loss by structural similarity of images [channels, rows, columns] (Wang et al. 2004): Gaussian windows of 11 × 11 with σ 1.5 that lie inside the image.</summary>
public abstract class SimilarityLoss : NumberLoss
{
    /// <summary>Rows and columns of the window.</summary>
    private protected const int Window = 11;

    private const double Sigma = 1.5, K1 = 0.01, K2 = 0.03;

    /// <summary>The greatest minus the least possible value of a pixel, above 0.</summary>
    [Range(0.0, double.MaxValue, MinimumIsExclusive = true)]
    public double DataRange { get; init; } = 1;

    /// <summary>How small an image may be.</summary>
    private protected abstract int LeastSize { get; }

    /// <inheritdoc/>
    private protected sealed override void CheckOutput(Shape output)
    {
        RequireOneARow();
        if (output.Count != 3 || output[1] < LeastSize || output[2] < LeastSize)
            throw OutputError($"the network's output {output} is not an image [channels, rows, columns] of at least {LeastSize} rows and columns.", output);
    }

    /// <summary>The mean similarity and the mean of its part for contrast and structure, of each channel of each image: [batch, channels].</summary>
    private protected (torch.Tensor Similarity, torch.Tensor Structure) Compare(torch.Tensor a, torch.Tensor b)
    {
        double c1 = K1 * DataRange * K1 * DataRange, c2 = K2 * DataRange * K2 * DataRange;
        long channels = a.shape[1];
        torch.Tensor line = torch.arange(Window, dtype: a.dtype, device: a.device) - Window / 2;
        torch.Tensor kernel = torch.nn.functional.softmax(-line.square() / (2 * Sigma * Sigma), 0);
        torch.Tensor down = kernel.view(1, 1, Window, 1).expand(channels, 1, Window, 1), across = kernel.view(1, 1, 1, Window).expand(channels, 1, 1, Window);
        // The five local means by one pair of convolutions: the window is a product of two lines.
        torch.Tensor all = torch.cat([a, b, a * a, b * b, a * b], 0);
        torch.Tensor[] means = torch.nn.functional.conv2d(torch.nn.functional.conv2d(all, down, groups: channels), across, groups: channels).chunk(5, 0);
        torch.Tensor ab = means[0] * means[1], aa = means[0] * means[0], bb = means[1] * means[1];
        torch.Tensor structure = (2 * (means[4] - ab) + c2) / (means[2] - aa + means[3] - bb + c2);
        torch.Tensor similarity = (2 * ab + c1) / (aa + bb + c1) * structure;
        return (similarity.mean([2, 3]), structure.mean([2, 3]));
    }
}
