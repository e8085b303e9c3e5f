using System.ComponentModel.DataAnnotations;
using DLExperiments.Catalogues;
using DLExperiments.Errors;
using TorchSharp;

namespace DLExperiments.Networks.Layers;

/// <summary>Enlarges images [C,H,W] by a factor or to a size.</summary>
[CatalogueEntry("Upsample")]
public sealed class UpsampleLayer : SingleInputLayer
{
    /// <summary>The factor for height and width; not together with Size.</summary>
    [Position(0)]
    [Range(0, double.MaxValue, MinimumIsExclusive = true)]
    public double? ScaleFactor { get; init; }

    /// <summary>The new size: one number, or height and width; not together with ScaleFactor.</summary>
    [Range(1, int.MaxValue)]
    public int[]? Size { get; init; }

    /// <summary>How values in between are found.</summary>
    public UpsampleMode Mode { get; init; }

    /// <summary>Whether the corner points of input and output coincide (not with Nearest).</summary>
    public bool AlignCorners { get; init; }

    /// <inheritdoc/>
    protected override Shape InferShape(Shape input)
    {
        if (ScaleFactor is null == Size is null)
            throw new ExperimentException("InvalidUpsample", ErrorKind.InvalidArgument, "Upsample needs either a ScaleFactor or a Size.");
        if (AlignCorners && Mode == UpsampleMode.Nearest)
            throw new ExperimentException("InvalidUpsample", ErrorKind.InvalidArgument, "Upsample takes AlignCorners with the modes Bilinear and Bicubic only.");
        SlidingWindow.Require(input, 2);
        return new Shape([input[0], .. Target(input[1], input[2])]);
    }

    /// <inheritdoc/>
    protected override torch.Tensor Forward(LayerContext context, torch.Tensor input)
    {
        torch.InterpolationMode mode = Mode switch
        {
            UpsampleMode.Bilinear => torch.InterpolationMode.Bilinear,
            UpsampleMode.Bicubic => torch.InterpolationMode.Bicubic,
            _ => torch.InterpolationMode.Nearest,
        };
        bool? corners = Mode == UpsampleMode.Nearest ? null : AlignCorners;
        // With a factor libtorch must be told the factor: a rounded size would shift the points.
        return ScaleFactor is { } factor
            ? torch.nn.functional.interpolate(input, scale_factor: [factor, factor], mode: mode, align_corners: corners)
            : torch.nn.functional.interpolate(input, [.. Target(0, 0).Select(s => (long)s)], mode: mode, align_corners: corners);
    }

    private int[] Target(int height, int width) => ScaleFactor is { } factor
        ? [(int)Math.Floor(height * factor), (int)Math.Floor(width * factor)]
        : SlidingWindow.Expand(Size!, 2, nameof(Size));
}
