using DLExperiments.Networks;
using DLExperiments.Networks.Layers;
using DLExperiments.Randomness;
using TorchSharp;

namespace DLExperiments.Training.Stacking.Layers;

/// <summary>Dropout: each network has its own probability, and draws the mask that it would draw alone.</summary>
internal sealed class StackedDropoutKind() : StackedLayerKind(typeof(DropoutLayer))
{
    /// <inheritdoc/>
    internal override string Key(LayerNode node) => node.Type;

    /// <inheritdoc/>
    internal override torch.Tensor Forward(StackedContext context, torch.Tensor input)
    {
        if (!context.IsTraining || context.Runs.All(r => ProbabilityOf(context, r) == 0)) return input;
        bool isRow = context.Node.OutputShape.Count == 1;
        long rows = input.shape[isRow ? 1 : 0];
        int size = checked((int)(rows * context.Node.OutputShape.ElementCount));
        float[] mask = new float[size * context.Models];
        for (int k = 0; k < context.Models; k++)
        {
            StackedRun run = context.Runs[k];
            DropoutMask.Fill(mask.AsSpan(k * size, size), ProbabilityOf(context, run), new RandomStream(run.Settings.Seed, RandomPurpose.Dropout, context.Place, 0, run.Step));
        }
        long[] sample = [.. context.Node.OutputShape.Sizes.Select(s => (long)s)];
        torch.Tensor drawn = torch.tensor(mask, [context.Models, rows, .. sample], device: input.device);
        return input * (isRow ? drawn : drawn.transpose(0, 1).reshape(input.shape));
    }

    private static double ProbabilityOf(StackedContext context, StackedRun run) => ((DropoutLayer)run.Settings.Network.Layers[context.Place].Layer).P;
}
