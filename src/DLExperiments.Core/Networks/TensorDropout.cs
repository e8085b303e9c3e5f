using DLExperiments.Randomness;
using TorchSharp;

namespace DLExperiments.Networks;

/// <summary>Dropout in layers that drop at several places: each takes the next numbers of the one stream that the layer has in a step.</summary>
internal static class TensorDropout
{
    /// <summary>Zeroes values and scales the rest.</summary>
    /// <param name="input">The values.</param>
    /// <param name="probability">The probability of a zero.</param>
    /// <param name="random">The layer's stream of this step; null outside training.</param>
    internal static torch.Tensor Apply(torch.Tensor input, double probability, RandomStream? random)
    {
        if (random is null || probability <= 0) return input;
        float[] mask = new float[input.numel()];
        DropoutMask.Fill(mask, probability, random);
        return input * torch.tensor(mask, input.shape, dtype: input.dtype, device: input.device);
    }
}
