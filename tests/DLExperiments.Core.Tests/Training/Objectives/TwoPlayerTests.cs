using DLExperiments.Catalogues;
using DLExperiments.Data;
using DLExperiments.Networks;
using DLExperiments.Randomness;
using DLExperiments.Training;
using DLExperiments.Training.Objectives;
using DLExperiments.Training.Optimizers;
using DLExperiments.Training.Updates;

namespace DLExperiments.Tests.Training.Objectives;

/// <summary>Two optimizers that take turns, through the same loop: against algebra by hand, and on a distribution.</summary>
public sealed class TwoPlayerTests : IClassFixture<TorchFixture>
{
    static TwoPlayerTests() => Catalogue<Objective>.Default.Register(typeof(TwoPlayerTests).Assembly);

    // D(x) = ψx, G = b (noise 0): ψ ← ψ − 0.2(b − r); then v ← 0.5v − ψ, b ← b − 0.1v. The Dirac game of Mescheder and others 2018.
    [Fact]
    public void Each_player_steps_with_its_own_optimizer_in_its_turn()
    {
        NetworkDefinition network = TwoPlayerObjective.Network(0);
        Dataset data = TrainingData.Numbers("real", [[1.5f], [1.5f]], [[0], [0]]);
        WeightSet start = WeightSet.Initialise(network, 3);
        double psi = start["d.weight"].Values[0], b = start["g.bias"].Values[0], v = 0;
        for (int i = 0; i < 10; i++)
        {
            psi -= 0.2 * (b - 1.5);
            v = i == 0 ? -psi : 0.5 * v - psi;
            b -= 0.1 * v;
        }
        TrainingResult run = Trainer.Train(TrainingRequest.New(network, data), new TrainingOptions { Epochs = 10, BatchSize = 0, Seed = 3, LearningRate = 1e-3, Objective = new TwoPlayerObjective { Plain = true } });
        // The players' rates are their own; the training's (a schedule's) changes both in proportion.
        Assert.Equal(psi, run.Model.Weights["d.weight"].Values[0], 1e-5);
        Assert.Equal(b, run.Model.Weights["g.bias"].Values[0], 1e-5);
        Assert.Equal(start["g.weight"].Values[0], run.Model.Weights["g.weight"].Values[0]); // its gradient is times noise, 0
        Assert.Equal(2, run.History[^1].Measures.Count);
    }

    [Fact]
    public void A_generator_learns_a_distribution()
    {
        TrainingResult run = Trainer.Train(TrainingRequest.New(TwoPlayerObjective.Network(16), Real()), Game() with { Epochs = 60 });
        double mean = run.Model.Weights["g.bias"].Values[0], deviation = Math.Abs(run.Model.Weights["g.weight"].Values[0]);
        // Real numbers are N(3, 0.5). The game circles its solution, so this asks for the neighbourhood only.
        Assert.InRange(mean, 2.5, 3.5);
        Assert.InRange(deviation, 0.1, 1.2);
    }

    [Fact]
    public void Clipping_penalties_and_averages_stay_with_the_player_whose_turn_it_is()
    {
        NetworkDefinition network = TwoPlayerObjective.Network(4);
        WeightSet start = WeightSet.Initialise(network, 0);
        var none = new UpdateRules { LearningRateFactors = new Dictionary<string, double> { ["g"] = 0 }, Regularisers = [new DLExperiments.Training.Regularisers.L2Regulariser { Lambda = 0.1 }], WeightAverage = 0.5, ClipNorm = 1 };
        TrainingResult run = Trainer.Train(TrainingRequest.New(network, Real()), Game() with { Epochs = 1, Rules = none });
        Assert.Equal(start["g.weight"].Values, run.Model.Weights["g.weight"].Values);
        Assert.NotEqual(start["d.weight"].Values, run.Model.Weights["d.weight"].Values);
    }

    internal static Dataset Real()
    {
        var random = new RandomStream(5, RandomPurpose.Synthesis);
        return Dataset.Create("real", [new FloatColumn("real", new Shape(1), [.. Enumerable.Range(0, 640).Select(_ => 3 + 0.5f * (float)random.NextNormal())])], []);
    }

    internal static TrainingOptions Game() => new() { BatchSize = 64, LearningRate = 0.02, Optimizer = new AdamOptimizer { Beta1 = 0.5 }, Objective = new TwoPlayerObjective() };
}
