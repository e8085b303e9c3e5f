namespace DLExperiments.Data.Transforms;

/// <summary>Where mean and standard deviation of the channels come from.</summary>
public enum PictureStatistics
{
    /// <summary>From the training part.</summary>
    Computed,

    /// <summary>The published ones of ImageNet: .485 .456 .406 and .229 .224 .225.</summary>
    ImageNet,

    /// <summary>The published ones of CIFAR-10: .4914 .4822 .4465 and .2470 .2435 .2616.</summary>
    CIFAR10,

    /// <summary>The published ones of MNIST: .1307 and .3081.</summary>
    MNIST,

    /// <summary>.5 and .5, which takes [0,1] to [-1,1].</summary>
    Half,
}
