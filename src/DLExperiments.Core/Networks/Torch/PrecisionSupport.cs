using DLExperiments.Errors;
using DLExperiments.Native;
using TorchSharp;
using static TorchSharp.torch;

namespace DLExperiments.Networks.Torch;

/// <summary>Where fewer bits can be computed with, and how numbers get in and out of them.</summary>
internal static class PrecisionSupport
{
    /// <summary>Refuses BFloat16 where it would change nothing or be slower.</summary>
    /// <param name="definition">The network.</param>
    /// <param name="device">Where it computes.</param>
    /// <exception cref="ExperimentException">PrecisionUnsupported: no layer computes in it, or the processor has no instructions for it.</exception>
    internal static void Require(NetworkDefinition definition, Device device)
    {
        if (!definition.Layers.Any(l => l.Layer.Precision == LayerPrecision.Reduced))
            throw new ExperimentException("PrecisionUnsupported", ErrorKind.InvalidArgument,
                "The network has no layer that computes in BFloat16 (Linear, convolutions); use -Precision Float32.", definition);
        if (device.type == DeviceType.CPU && !Processor.HasBFloat16)
            throw new ExperimentException("PrecisionUnsupported", ErrorKind.NotInstalled,
                "This processor has no instructions for BFloat16 (AVX512_BF16), so that it would be slower; use -Precision Float32.", definition);
    }

    /// <summary>Numbers as a layer wants them; what is no floating-point number stays.</summary>
    /// <param name="tensor">The numbers.</param>
    /// <param name="precision">What the layer does.</param>
    /// <param name="full">The full numbers.</param>
    internal static Tensor Cast(Tensor tensor, LayerPrecision precision, ScalarType full)
    {
        ScalarType now = tensor.dtype;
        if (precision == LayerPrecision.AsGiven || (now != full && now != ScalarType.BFloat16)) return tensor;
        ScalarType wanted = precision == LayerPrecision.Reduced ? ScalarType.BFloat16 : full;
        return now == wanted ? tensor : tensor.to(wanted);
    }
}
