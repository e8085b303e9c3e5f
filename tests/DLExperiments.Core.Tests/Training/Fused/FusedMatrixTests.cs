using DLExperiments.Data;
using DLExperiments.Losses;
using DLExperiments.Networks;
using DLExperiments.Training;
using DLExperiments.Training.Optimizers;

namespace DLExperiments.Tests.Training.Fused;

/// <summary>
/// Every layer with every loss, every layer with every optimizer and every loss with every optimizer: the fused engine walks the same path as
/// libtorch for 200 steps. A third of all triples holds every such pair, several times.
/// </summary>
public class FusedMatrixTests : IClassFixture<TorchFixture>
{
    // 32-bit sums in another order differ by about 1e-7; 200 small steps multiply that by some hundreds. Kinks (ReLU, hinge, MAE) can be met on
    // different sides by a rounding, which is one gradient's size: rare, and small learning rates keep it below this.
    private const double Tolerance = 2e-4;

    public static TheoryData<string> Layers => [.. FusedCases.Layers.Keys];

    [Theory]
    [MemberData(nameof(Layers))]
    public void Layer_with_every_loss_and_optimizer_agrees_with_torch(string layer)
    {
        var apart = new List<string>();
        int layerPlace = FusedCases.Layers.Keys.ToList().IndexOf(layer), lossPlace = 0;
        foreach ((string lossName, Loss loss) in FusedCases.Losses.Where(l => l.Value.IsMean)) // sums have tests of their own: with these rates they diverge
        {
            (Dataset data, int outputs) = FusedCases.Data(loss, lossName);
            NetworkDefinition network = FusedCases.Network(FusedCases.Layers[layer], outputs);
            int triple = layerPlace + lossPlace++;
            foreach ((string optimizerName, Optimizer optimizer) in FusedCases.Optimizers)
            {
                if (triple++ % 3 != 0) continue;
                var options = new TrainingOptions { Loss = loss, Optimizer = optimizer, Epochs = 67, BatchSize = 16, Seed = 3, Engine = EngineChoice.Torch };
                TrainingRequest request = TrainingRequest.New(network, data, data);
                TrainingResult torch = Trainer.Train(request, options), fused = Trainer.Train(request, options with { Engine = EngineChoice.Fused });
                Assert.Equal(("Torch", "Fused", 201L), (torch.Engine, fused.Engine, fused.StepsCompleted));
                double losses = torch.History.Zip(fused.History).Max(p => Math.Max(
                    Difference(p.First.TrainingLoss, p.Second.TrainingLoss), Difference(p.First.ValidationLoss!.Value, p.Second.ValidationLoss!.Value)));
                double weights = torch.Model.Weights.Tensors.Zip(fused.Model.Weights.Tensors).Max(p => p.First.Values.Zip(p.Second.Values).Max(v => Difference(v.First, v.Second)));
                // Accuracy jumps when an output passes 0 by a rounding: one row of 40 may fall on either side.
                double accuracy = torch.History.Zip(fused.History).Max(p => Math.Abs((p.First.ValidationAccuracy ?? 0) - (p.Second.ValidationAccuracy ?? 0)));
                if (!(losses < Tolerance && weights < Tolerance && accuracy <= 1.001 / 40))
                    apart.Add($"{lossName} {optimizerName}: losses {losses:g2}, weights {weights:g2}, accuracy {accuracy:g2}");
            }
        }
        Assert.True(apart.Count == 0, string.Join('\n', apart));
    }

    // The greatest of several passes over what is not a number.
    private static double Difference(double a, double b) => double.IsFinite(a - b) ? Math.Abs(a - b) / Math.Max(1, Math.Abs(a)) : double.PositiveInfinity;
}
