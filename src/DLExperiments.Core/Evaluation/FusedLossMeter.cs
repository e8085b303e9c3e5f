using DLExperiments.Losses;
using DLExperiments.Training.Fused;
using DLExperiments.Training.Fused.Lanes;
using DLExperiments.Training.Fused.Losses;

namespace DLExperiments.Evaluation;

/// <summary>Measures a loss that the fused engine knows, without libtorch; in 64 bits, since there is time.</summary>
internal sealed unsafe class FusedLossMeter(Loss loss, TargetLayout layout) : LossMeter
{
    private protected override (double Sum, double Weight) Measure(float[] outputs, float[] targets, int rows)
    {
        using var memory = new AlignedMemory();
        int lanes = Lanes128<double>.Count, size = outputs.Length / rows, width = (size + lanes - 1) / lanes * lanes;
        var meter = FusedLossKinds.Find(loss.GetType())!.Make<Lanes128<double>, double>(loss, layout, memory);
        var wanted = new FusedTargets<double>(targets, layout, null, lanes, memory);
        double* padded = memory.Allocate<double>((long)rows * width);
        int* index = memory.Allocate<int>(rows);
        for (int i = 0; i < rows; i++)
        {
            index[i] = i;
            for (int j = 0; j < size; j++) padded[(nint)i * width + j] = outputs[i * size + j];
        }
        LossSum sum = meter.Compute(padded, width, index, rows, wanted, null);
        return (sum.Sum, sum.Weight);
    }
}
