using DLExperiments.Networks.Initialisers;

namespace DLExperiments.Networks.Architectures.Blocks;

/// <summary>The first weights that papers and the published implementations prescribe.</summary>
internal static class Start
{
    /// <summary>He and others 2015, by the outgoing connections: convolutions before rectifiers.</summary>
    internal static readonly Initialiser KaimingFanOut = new KaimingNormalInitialiser { Mode = FanMode.FanOut, Nonlinearity = Nonlinearity.ReLU };

    /// <summary>He and others 2015, by the incoming connections.</summary>
    internal static readonly Initialiser KaimingFanIn = new KaimingNormalInitialiser { Nonlinearity = Nonlinearity.ReLU };

    /// <summary>The small normal of VGG's and MobileNet's dense layers.</summary>
    internal static readonly Initialiser Normal01 = new NormalInitialiser { Std = 0.01 };

    /// <summary>The cut normal of ConvNeXt and transformers.</summary>
    internal static readonly Initialiser Truncated02 = new TruncatedNormalInitialiser { Std = 0.02 };

    /// <summary>The cut normal of the Inception networks' convolutions.</summary>
    internal static readonly Initialiser Truncated10 = new TruncatedNormalInitialiser { Std = 0.1 };

    /// <summary>The cut normal of the Inception networks' last layer and auxiliary heads.</summary>
    internal static readonly Initialiser Truncated01 = new TruncatedNormalInitialiser { Std = 0.01 };

    internal static readonly Initialiser Zeros = new ZerosInitialiser();
}
