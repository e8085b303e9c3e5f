using DLExperiments.Catalogues;
using DLExperiments.Networks;
using DLExperiments.Networks.Layers;
using DLExperiments.Training.Engines;
using DLExperiments.Training.Objectives;
using DLExperiments.Training.Optimizers;
using TorchSharp;

namespace DLExperiments.Tests.Training.Objectives;

/// <summary>
/// Adversarial training as a project of its own would add it: a discriminator and a generator take turns, each with its own parameters and
/// optimizer. Wasserstein losses are linear in the scores, which has a closed form; least squares (Mao and others 2017) learn a distribution.
/// </summary>
[CatalogueEntry("TwoPlayer")]
public sealed class TwoPlayerObjective : Objective
{
    /// <summary>Whether the noise is 0, the scores count as they are, and the whole game is one line of algebra.</summary>
    public bool Plain { get; init; }

    /// <inheritdoc/>
    public override IReadOnlyList<string> Measures => ["Loss", "Loss_discriminator", "Loss_generator"];

    /// <inheritdoc/>
    public override IReadOnlyList<PlayerPlan> Players => Plain
        ? [new PlayerPlan("discriminator", ["d*"], new SgdOptimizer { LearningRate = 0.2 }), new PlayerPlan("generator", ["g*"], new SgdOptimizer { LearningRate = 0.1, Momentum = 0.5 })]
        : [new PlayerPlan("discriminator", ["d*"]), new PlayerPlan("generator", ["g*"])];

    /// <inheritdoc/>
    public override IReadOnlyList<string> Inputs(NetworkDefinition network) => ["real"];

    /// <inheritdoc/>
    public override Objective Fit(ObjectiveRequest request) => this;

    /// <summary>The game as one network: the discriminator sees what is real and what the generator makes of noise, with the same weights.</summary>
    public static NetworkDefinition Network(int hidden)
    {
        NetworkDefinition game = NetworkDefinition.Create([new NetworkInput("noise", new Shape(1)), new NetworkInput("real", new Shape(1))]);
        game = game.Add(new LinearLayer { OutFeatures = 1 }, "g", ["noise"]);
        if (hidden == 0) return game.Add(new LinearLayer { OutFeatures = 1, Bias = false }, "d", ["g"]).AddShared("d", "d_real", ["real"]).WithOutputs("d", "d_real");
        return game.Add(new LinearLayer { OutFeatures = hidden }, "d1", ["g"]).Add(new TanhLayer(), "t").Add(new LinearLayer { OutFeatures = 1 }, "d")
            .AddShared("d1", "d1_real", ["real"]).Add(new TanhLayer(), "t_real").AddShared("d", "d_real").WithOutputs("d", "d_real");
    }

    /// <inheritdoc/>
    public override double Train(TorchStep step)
    {
        torch.Tensor noise = Plain ? torch.zeros_like(step.Inputs[0]) : step.Noise(0, step.Count, 1);
        torch.Tensor[] scores = step.Forward(null, [noise, step.Inputs[0]]);
        torch.Tensor discriminator = Plain ? scores[0].mean() - scores[1].mean() : scores[0].square().mean() + (scores[1] - 1).square().mean();
        double first = discriminator.item<float>();
        if (!double.IsFinite(first)) return first;
        step.Update(discriminator, 0);
        torch.Tensor fake = step.Forward(["d"], [noise, step.Inputs[0]])[0], generator = Plain ? -fake.mean() : (fake - 1).square().mean();
        double second = generator.item<float>();
        step.Update(generator, 1);
        Add(step, first, second);
        return first + second;
    }

    /// <inheritdoc/>
    public override void Evaluate(TorchStep step)
    {
        torch.Tensor noise = step.Noise(0, step.Count, 1);
        torch.Tensor[] scores = step.Forward(null, [noise, step.Inputs[0]]);
        Add(step, (scores[0].square().mean() + (scores[1] - 1).square().mean()).item<float>(), (scores[0] - 1).square().mean().item<float>());
    }

    private static void Add(TorchStep step, double first, double second)
    {
        step.Totals.Add(0, (first + second) * step.Count, step.Count);
        step.Totals.Add(1, first * step.Count, step.Count);
        step.Totals.Add(2, second * step.Count, step.Count);
    }
}
