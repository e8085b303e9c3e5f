using DLExperiments.Catalogues;
using DLExperiments.Errors;
using DLExperiments.Networks;

namespace DLExperiments.Data.Transforms;

/// <summary>Subtracts a mean from each channel and divides it by a standard deviation: computed from the training part, given, or published ones.</summary>
[CatalogueEntry("Normalize")]
public sealed class Normalize : DataStep
{
    private static readonly Dictionary<PictureStatistics, (double[] Mean, double[] Deviation)> Published = new()
    {
        [PictureStatistics.ImageNet] = ([.485, .456, .406], [.229, .224, .225]),
        [PictureStatistics.CIFAR10] = ([.4914, .4822, .4465], [.2470, .2435, .2616]),
        [PictureStatistics.MNIST] = ([.1307], [.3081]),
        [PictureStatistics.Half] = ([.5], [.5]),
    };

    /// <summary>Where mean and standard deviation come from, unless they are given.</summary>
    [Position(0)]
    public PictureStatistics Statistics { get; set; }

    /// <summary>The means to subtract: one, or one a channel.</summary>
    public double[] Mean { get; set; } = [];

    /// <summary>The standard deviations that go with <see cref="Mean"/>.</summary>
    public double[] Deviation { get; set; } = [];

    /// <inheritdoc/>
    /// <exception cref="ExperimentException">TransformShapeMismatch: the numbers are not one, or one a channel. InvalidParameterValue.</exception>
    public override Dataset AddTo(Dataset data)
    {
        if ((Mean.Length > 0) != (Deviation.Length > 0) || (Mean.Length > 0 && Statistics != PictureStatistics.Computed))
            throw new ExperimentException("InvalidParameterValue", ErrorKind.InvalidArgument, "Normalize: give both Mean and Deviation, or Statistics alone.", Mean);
        (double[] mean, double[] deviation) = Statistics == PictureStatistics.Computed ? (Mean, Deviation) : Published[Statistics];
        if (Array.Exists(deviation, d => !(d > 0)))
            throw new ExperimentException("InvalidParameterValue", ErrorKind.InvalidArgument, "Normalize: every Deviation must be greater than 0.", Deviation);
        Shape shape = data.InputShape;
        foreach (double[] values in (double[][])[mean, deviation])
            if (values.Length > 1 && (shape.Count < 2 || values.Length != shape[0]))
                throw new ExperimentException("TransformShapeMismatch", ErrorKind.InvalidOperation,
                    $"Normalize has {values.Length} numbers, but items of {shape} have {(shape.Count > 1 ? shape[0] : 1)} channel(s).", data.Name);
        return data.WithTransform(new Standardize { PerChannel = true, Mean = mean, Deviation = deviation });
    }
}
