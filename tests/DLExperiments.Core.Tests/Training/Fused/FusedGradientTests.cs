using DLExperiments.Data;
using DLExperiments.Losses;
using DLExperiments.Networks;
using DLExperiments.Training;
using DLExperiments.Training.Fused;
using DLExperiments.Training.Fused.Lanes;
using DLExperiments.Training.Fused.Losses;

namespace DLExperiments.Tests.Training.Fused;

/// <summary>The same code in 64 bits: its gradients are those of its loss.</summary>
public unsafe class FusedGradientTests
{
    public static TheoryData<string> Layers => [.. FusedCases.Layers.Keys];

    public static TheoryData<string> Losses => [.. FusedCases.Losses.Keys];

    [Theory]
    [MemberData(nameof(Layers))]
    public void Gradients_of_every_layer_are_those_of_finite_differences(string layer)
    {
        Check(FusedCases.Layers[layer], "CrossEntropyWeighted");
        Check(FusedCases.Layers[layer], "MSE");
    }

    [Theory]
    [MemberData(nameof(Losses))]
    public void Gradients_of_every_loss_are_those_of_finite_differences(string loss) => Check(FusedCases.Layers["Tanh"], loss);

    private static void Check(Layer layer, string lossName)
    {
        Check<Lanes512<double>>(layer, lossName);
        Check<Lanes256<double>>(layer, lossName);
        Check<Lanes128<double>>(layer, lossName);
        Check<LanesOne<double>>(layer, lossName);
    }

    private static void Check<TVec>(Layer layer, string lossName)
        where TVec : struct, ILanes<TVec, double>
    {
        Loss loss = FusedCases.Losses[lossName];
        (Dataset data, int outputs) = FusedCases.Data(loss, lossName, rows: 11);
        NetworkDefinition definition = FusedCases.Network(layer, outputs);
        PreparedPiece piece = PreparedPiece.Create(data, Preprocessing.None, definition, loss, data.ClassNames);
        using var network = new FusedNetwork<TVec, double>(definition, piece.Count, seed: 5);
        using var rows = new FusedPiece<double>(piece, TVec.Count);
        network.Import(WeightSet.Initialise(definition, 2));
        FusedLoss<TVec, double> measure = FusedLossKinds.Find(loss.GetType())!.Make<TVec, double>(loss, piece.Layout, network.Memory);
        FusedBatch<double> batch = network.Batch;
        (batch.Count, batch.IsTraining, batch.Step) = (piece.Count, true, 3);
        for (int i = 0; i < piece.Count; i++)
        {
            batch.Rows[i] = rows.Inputs + i * rows.Size;
            batch.Index[i] = i;
        }
        double Value(bool slope = false)
        {
            network.Forward();
            LossSum sum = measure.Compute(network.Output, network.OutputWidth, batch.Index, batch.Count, rows.Targets, slope ? network.OutputDelta : null);
            return loss.IsSum ? sum.Sum : sum.Sum / sum.Weight;
        }

        Value(slope: true);
        var gradients = new GatheringSink(network.Size);
        network.Backward(gradients);
        foreach (int place in network.TrainedPlaces())
        {
            // Fourth order, h = 1e-4: the rule errs by h⁴/30 of the fifth derivative (below 1e-16), rounding by some 1e-16/h. Kinks (ReLU,
            // MAE, hinge) are no trouble, since no row of this data comes that near to one.
            const double H = 1e-4;
            double before = network.Parameters[place];
            double At(double shift)
            {
                network.Parameters[place] = before + shift;
                return Value();
            }
            double numeric = (8 * (At(H) - At(-H)) - (At(2 * H) - At(-2 * H))) / (12 * H);
            network.Parameters[place] = before;
            Assert.True(Math.Abs(numeric - gradients.Values[place]) < 1e-10,
                $"{typeof(TVec).Name} {layer.Type} {lossName} at {place}: {numeric:r} by differences, {gradients.Values[place]:r} by the engine");
        }
        // What is not a parameter gets none.
        Assert.All(Enumerable.Range(0, network.Size).Except(network.TrainedPlaces()), place => Assert.Equal(0, gradients.Values[place]));
    }

    private sealed class GatheringSink(int size) : GradientSink<double>
    {
        internal double[] Values { get; } = new double[size];

        internal override void Take(int offset, double* gradients, int count) => new ReadOnlySpan<double>(gradients, count).CopyTo(Values.AsSpan(offset));
    }
}
