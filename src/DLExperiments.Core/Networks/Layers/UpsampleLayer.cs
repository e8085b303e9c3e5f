using System.ComponentModel.DataAnnotations;
using DLExperiments.Catalogues;
using DLExperiments.Errors;
using TorchSharp;

namespace DLExperiments.Networks.Layers;

/// <summary>Enlarges images [C,H,W], sequences [C,L] or volumes [C,D,H,W] by a factor or to a size.</summary>
[CatalogueEntry("Upsample")]
public sealed class UpsampleLayer : SingleInputLayer
{
    /// <summary>The factor for each side; not together with Size.</summary>
    [Position(0)]
    [Range(0, double.MaxValue, MinimumIsExclusive = true)]
    public double? ScaleFactor { get; init; }

    /// <summary>The new size: one number, or one for each side; not together with ScaleFactor.</summary>
    [Range(1, int.MaxValue)]
    public int[]? Size { get; init; }

    /// <summary>How values in between are found: Nearest, for images also Bilinear and Bicubic, for sequences Linear, for volumes Trilinear.</summary>
    public UpsampleMode Mode { get; init; }

    /// <summary>Whether the corner points of input and output coincide (not with Nearest).</summary>
    public bool AlignCorners { get; init; }

    /// <inheritdoc/>
    protected override Shape InferShape(Shape input)
    {
        if (ScaleFactor is null == Size is null)
            throw new ExperimentException("InvalidUpsample", ErrorKind.InvalidArgument, "Upsample needs either a ScaleFactor or a Size.");
        if (AlignCorners && Mode == UpsampleMode.Nearest)
            throw new ExperimentException("InvalidUpsample", ErrorKind.InvalidArgument, "Upsample takes AlignCorners with linear and cubic modes only.");
        int dimensions = Mode switch { UpsampleMode.Linear => 1, UpsampleMode.Bilinear or UpsampleMode.Bicubic => 2, UpsampleMode.Trilinear => 3, _ => input.Count - 1 };
        if (dimensions is < 1 or > 3) throw new ShapeException($"wants [C,L], [C,H,W] or [C,D,H,W], got {input}.");
        SlidingWindow.Require(input, dimensions);
        return new Shape([input[0], .. Target([.. input.Sizes.Skip(1)])]);
    }

    /// <inheritdoc/>
    protected override torch.Tensor Forward(LayerContext context, torch.Tensor input)
    {
        torch.InterpolationMode mode = Mode switch
        {
            UpsampleMode.Bilinear => torch.InterpolationMode.Bilinear,
            UpsampleMode.Bicubic => torch.InterpolationMode.Bicubic,
            UpsampleMode.Linear => torch.InterpolationMode.Linear,
            UpsampleMode.Trilinear => torch.InterpolationMode.Trilinear,
            _ => torch.InterpolationMode.Nearest,
        };
        bool? corners = Mode == UpsampleMode.Nearest ? null : AlignCorners;
        int dimensions = (int)input.dim() - 2;
        // With a factor libtorch must be told the factor: a rounded size would shift the points.
        return ScaleFactor is { } factor
            ? torch.nn.functional.interpolate(input, scale_factor: [.. Enumerable.Repeat(factor, dimensions)], mode: mode, align_corners: corners)
            : torch.nn.functional.interpolate(input, [.. Target(new int[dimensions]).Select(s => (long)s)], mode: mode, align_corners: corners);
    }

    private int[] Target(int[] sides) => ScaleFactor is { } factor
        ? Array.ConvertAll(sides, side => (int)Math.Floor(side * factor))
        : SlidingWindow.Expand(Size!, sides.Length, nameof(Size));
}
