using DLExperiments.Catalogues;
using DLExperiments.Errors;
using DLExperiments.Native;
using TorchSharp;

namespace DLExperiments.Networks.Layers;

/// <summary>
/// A layer of your own, from a script block over tensors: { param($x) $x.relu() }. It gets one batch for each input, batch dimension first, and gives one;
/// autograd goes through it. It has no parameters. Shapes that do not fit are an error; the static [torch]::matmul, cummax and cummin, which would end the process then, are
/// refused, in the functions that the script calls too: write $x.matmul($y).
/// </summary>
[CatalogueEntry("Lambda")]
public sealed class LambdaLayer : Layer
{
    private const int TrialBatch = 2;

    /// <summary>The script block. Variables of the script around it are read when the layer computes; GetNewClosure() keeps their values.</summary>
    [Position(0)]
    public required TensorFunction Script { get; init; }

    /// <summary>The shape of the output, without the batch dimension; found by a trial on zeros when not given.</summary>
    public int[]? OutputShape { get; init; }

    /// <inheritdoc/>
    public override int MaximumInputs => int.MaxValue;

    /// <inheritdoc/>
    public override Shape InferShape(IReadOnlyList<Shape> inputs) => OutputShape is not null ? new Shape(OutputShape) : TryOut(inputs);

    /// <inheritdoc/>
    public override torch.Tensor Forward(LayerContext context, IReadOnlyList<torch.Tensor> inputs)
    {
        torch.Tensor output;
        try
        {
            // A script may ask for a view, which only contiguous batches give; images may lie channels last.
            output = Script.Invoke([.. inputs.Select(i => i.contiguous())]);
        }
        catch (ExperimentException e)
        {
            throw new ExperimentException(e.ErrorId, e.Kind, $"{Type} '{context.Name}': {e.Message}", context.Name, e);
        }
        if (OutputShape is null || output.shape.Skip(1).SequenceEqual(OutputShape.Select(s => (long)s))) return output;
        throw new ShapeException($"{Type} '{context.Name}' gave a batch of {Show(output.shape)}, but its OutputShape is {new Shape(OutputShape)}.", context.Name);
    }

    private Shape TryOut(IReadOnlyList<Shape> inputs)
    {
        TorchLibrary.EnsureLoaded();
        using DisposeScope scope = torch.NewDisposeScope();
        using IDisposable off = torch.no_grad();
        torch.Tensor output;
        try
        {
            output = Script.Invoke([.. inputs.Select(s => torch.zeros(s.WithBatch(TrialBatch)))]);
        }
        catch (ExperimentException e) when (e.ErrorId == "LambdaFailed")
        {
            throw new ShapeException($"fails on a batch of {TrialBatch} zeros: {e.Message}");
        }
        return output.shape is [TrialBatch, .. var sizes] && sizes.All(s => s > 0)
            ? new Shape([.. sizes.Select(s => (int)s)])
            : throw new ShapeException($"wants a script that keeps the batch dimension first; a batch of {TrialBatch} became {Show(output.shape)}.");
    }

    private static string Show(long[] sizes) => $"[{string.Join(",", sizes)}]";
}
