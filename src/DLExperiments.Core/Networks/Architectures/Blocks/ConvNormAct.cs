using DLExperiments.Networks.Initialisers;

namespace DLExperiments.Networks.Architectures.Blocks;

/// <summary>Convolution without bias, batch normalisation, activation: the brick of most networks since 2015.</summary>
/// <param name="ConvName">What follows the block's name in the convolution's: <c>conv</c> gives <c>block.conv</c>.</param>
/// <param name="NormName">The same for the normalisation.</param>
/// <param name="ActivationName">The same for the activation.</param>
/// <param name="Activation">The activation; null for none.</param>
/// <param name="Eps">Added to the variance by the normalisation.</param>
/// <param name="Weights">How the convolution's weights start; null for PyTorch's default.</param>
internal sealed record ConvNormAct(string ConvName, string NormName, string ActivationName, ActivationLayer? Activation, double Eps = 1e-5, Initialiser? Weights = null)
{
    /// <summary>Puts the brick behind a chain.</summary>
    internal LayerChain Add(LayerChain chain, string name, int channels, Window kernel, Window? stride = null, Window? padding = null, int groups = 1)
    {
        chain = chain.Conv($"{name}.{ConvName}", channels, kernel, stride, padding, groups, bias: false, start: Weights).Norm($"{name}.{NormName}", Eps);
        return Activation is null ? chain : chain.Then(Activation, $"{name}.{ActivationName}");
    }
}
