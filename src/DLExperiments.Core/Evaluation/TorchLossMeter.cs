using DLExperiments.Losses;
using DLExperiments.Native;
using DLExperiments.Networks;
using TorchSharp;

namespace DLExperiments.Evaluation;

/// <summary>Measures any loss with libtorch.</summary>
internal sealed class TorchLossMeter(Loss loss, TargetLayout layout, Shape output) : LossMeter
{
    private protected override (double Sum, double Weight) Measure(float[] outputs, float[] targets, int rows)
    {
        TorchLibrary.EnsureLoaded();
        using DisposeScope scope = torch.NewDisposeScope();
        using IDisposable off = torch.no_grad();
        torch.Tensor target = torch.tensor(targets, layout.Shape.WithBatch(rows));
        if (layout.IsIndex) target = target.to(torch.ScalarType.Int64);
        return loss.Weigh(loss.Compute(torch.tensor(outputs, output.WithBatch(rows)), target).item<float>(), target, null, rows);
    }
}
